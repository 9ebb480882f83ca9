import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { emptyFolder, put, start } from '../support/command.ts';
import { nodeLines } from '../support/node-lines.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Packed {
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

function pack(): Packed {
  const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8' });
  const parsed = JSON.parse(text) as Packed[] | Record<string, Packed>;
  const [first] = Object.values(parsed);
  if (first === undefined) throw new Error(text);
  return first;
}

describe('the package', () => {
  it('holds what it needs and nothing else', () => {
    const { files } = pack();
    const paths = files.map(({ path }) => path);
    const outside = paths.filter((path) => !path.startsWith('dist/')).sort();
    expect(outside).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'RULES.md', 'package.json']);
    expect(paths).toEqual(expect.arrayContaining(['dist/preload.cjs', 'dist/index.cjs', 'dist/index.d.cts', 'dist/report.schema.json']));
    const kinds = new Set(paths.filter((path) => path.startsWith('dist/')).map((path) => /(\.d)?\.[a-z]+$/.exec(path)?.[0]));
    expect([...kinds].sort()).toEqual(['.cjs', '.d.cts', '.d.ts', '.js', '.json']);
    expect(paths.filter((path) => /^dist\/tracker\/(?!protocol[./])/.test(path))).toEqual([]);
    expect(files.find(({ path }) => path === 'dist/src/cli.js')?.mode).toBe(0o755);
  });

  it('says its version everywhere', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const said = execFileSync(process.execPath, [join(ROOT, 'dist/src/cli.js'), '--version'], { encoding: 'utf8' });
    expect(said).toBe(`${version}\n`);
    for (const file of ['dist/preload.cjs', 'dist/index.cjs', 'dist/src/version.js']) {
      expect(readFileSync(join(ROOT, file), 'utf8')).not.toContain('__SCOPE_TRACE_VERSION__');
    }
  });

  it('has a tracker that needs nothing but Node', () => {
    const tracker = readFileSync(join(ROOT, 'dist/preload.cjs'), 'utf8');
    const required = [...tracker.matchAll(/\brequire\(["']([^"']+)["']\)/g)].map((match) => match[1]);
    expect(required.filter((name) => name?.startsWith('node:') !== true)).toEqual([]);
  });

  it.each(nodeLines)('can be imported and required on Node $name', async ({ path }) => {
    const folder = installed();
    const names = 'enterScope,task,withScope';
    const module = put(folder, 'module.mjs', `import { ${names} } from 'scope-trace'; console.log(typeof enterScope, typeof task, typeof withScope)`);
    const script = put(folder, 'script.cjs', `const { ${names} } = require('scope-trace'); console.log(typeof enterScope, typeof task, typeof withScope)`);
    const use = `Promise.all([deadline(1000, () => 1), isolate('a', ({ start }) => start(() => 'b'))]).then((all) => console.log(...all.map((one) => typeof one), typeof health))`;
    const remedies = put(folder, 'remedies.mjs', `import { deadline, health, isolate } from 'scope-trace/remedies'; ${use}`);
    const required = put(folder, 'remedies.cjs', `const { deadline, health, isolate } = require('scope-trace/remedies'); ${use}`);
    const ends = [[module, 'function function function'], [script, 'function function function'], [remedies, 'number string function'], [required, 'number string function']];
    for (const [file, said] of ends) {
      expect(await start(path, [file ?? '']).ends(), file).toMatchObject({ code: 0, stdout: `${said ?? ''}\n`, stderr: '' });
    }
  });

  it.each(nodeLines)('has a command that runs on Node $name', async ({ path }) => {
    const outcome = await start(path, [join(ROOT, 'dist/src/cli.js'), '--', path, '-e', 'console.log("ran")']).ends();
    expect(outcome).toMatchObject({ code: 0, stdout: 'ran\n' });
    expect(outcome.stderr).toContain('no findings in 1 program');
  });

  it('has remedies of which a bundler takes those that are used', async () => {
    const contents = `import { deadline } from 'scope-trace/remedies'; deadline(1, () => 1)`;
    const stdin = { contents, resolveDir: installed() };
    const { outputFiles } = await build({ stdin, bundle: true, write: false, platform: 'node', format: 'esm' });
    const text = outputFiles[0]?.text ?? '';
    expect(text).toMatch(/TaskGroup = class|class TaskGroup/);
    for (const unused of ['guardIterator needs', 'safeToProceed', 'leaked-context']) expect(text).not.toContain(unused);
  });

  it('has types for both kinds of module', async () => {
    const folder = installed();
    const source = `import { withScope, enterScope, task } from 'scope-trace';
      import { deadline, guardIterator, moveOnAfter, taskGroup, trackCall, type CallState } from 'scope-trace/remedies';
      export const timed: Promise<number> = deadline(5, ({ signal }) => signal.aborted ? 1 : 2);
      export const moved: Promise<string | undefined> = moveOnAfter(5, () => 'a').then((all) => all.timedOut ? undefined : all.value);
      export const all: Promise<[number, string]> = taskGroup(({ start }) => Promise.all([start(() => 1), start('b', async () => 'b')]));
      export const state: CallState = trackCall('call', () => 1).state;
      export const guarded: AsyncIterable<number> = guardIterator([1, 2]);
      // @ts-expect-error milliseconds are a number
      void deadline('5', () => 1);
      export const result: Promise<number> = withScope('a', async (scope) => { scope.cancel('b'); return 1; });
      export const value: string = task('c', () => 'd');
      using scope = enterScope('e');
      // @ts-expect-error a scope has a name
      enterScope();
    `;
    for (const name of ['module.mts', 'script.cts']) put(folder, name, source);
    const options = ['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,esnext.disposable,dom', '--strict', '--noEmit'];
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const outcome = await start(process.execPath, [tsc, ...options, 'module.mts', 'script.cts'], { cwd: folder }).ends();
    expect(outcome).toMatchObject({ code: 0, stdout: '' });
  });
});

/** A folder where the package is installed, by a link. */
function installed(): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules', 'scope-trace'));
  return folder;
}
