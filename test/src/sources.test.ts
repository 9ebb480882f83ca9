import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../reports/index.ts';
import { emptyFolder, put, scopeTrace } from '../support/command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Exits a scope twice. What TypeScript removes moves every line that is left. */
const SOURCE = `import { channel } from 'node:diagnostics_channel';

interface Removed {
  readonly first: string;
  readonly second: string;
}

type AlsoRemoved = Removed | undefined;

const scope: object & { removed?: AlsoRemoved } = {};

function open(name: string): void {
  const message: { scope: object; name: string } = { scope, name };
  channel('scope-trace:scope:enter').publish(message); // entered
}

function close(): void {
  channel('scope-trace:scope:exit').publish({ scope });
}

open('session');
close(); // first exit
close(); // second exit
`;

function lineOf(text: string): number {
  return SOURCE.split('\n').findIndex((line) => line.includes(text)) + 1;
}

/** A folder with `src/app.ts` in it. */
function project(): { readonly folder: string; readonly source: string } {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'src'));
  put(folder, 'package.json', '{"type": "module"}');
  return { folder, source: put(join(folder, 'src'), 'app.ts', SOURCE) };
}

/** Runs a command in a folder, and gives the one finding's places and what was read there. */
async function places(folder: string, command: readonly string[]): Promise<{ file: string; line: number; text: string }[]> {
  const file = join(emptyFolder(), 'report.json');
  const outcome = await scopeTrace(['--report', file, '--', ...command], { cwd: folder });
  expect(outcome).toMatchObject({ code: 66, stdout: '' });
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  expect(report.findings.map((finding) => finding.rule)).toEqual(['double-exit']);
  return (report.findings[0]?.places ?? []).map(({ place, excerpt }) => ({
    file: place?.file ?? '',
    line: place?.line ?? 0,
    text: excerpt?.lines[(place?.line ?? 0) - excerpt.firstLine] ?? '',
  }));
}

function expectSource(found: readonly { file: string; line: number; text: string }[], file = 'src/app.ts'): void {
  expect(found.length).toBeGreaterThanOrEqual(2);
  for (const each of found) expect(each.file).toBe(file);
  const lines = found.map((each) => each.line);
  expect(lines).toContain(lineOf('channel(\'scope-trace:scope:exit\')'));
  for (const each of found) expect(each.text).toBe(SOURCE.split('\n')[each.line - 1]);
}

describe('places in the source', () => {
  it.each<[string, BuildOptions]>([
    ['esbuild, inline', { sourcemap: 'inline' }],
    ['esbuild, beside the file', { sourcemap: true }],
    ['esbuild, without the source inside', { sourcemap: true, sourcesContent: false }],
    ['esbuild, with a sourceRoot', { sourcemap: true, sourceRoot: '../src/', sourcesContent: false }],
    ['esbuild, on one line', { sourcemap: 'inline', minify: true }],
    ['esbuild, as CommonJS', { sourcemap: true, format: 'cjs', outfile: 'out/app.cjs' }],
  ])('are found through the map of %s', async (name, options) => {
    const { folder } = project();
    const outfile = options.outfile ?? 'out/app.js';
    await build({ format: 'esm', ...options, entryPoints: ['src/app.ts'], outfile, absWorkingDir: folder, logLevel: 'silent' });
    if (name.includes('sourceRoot')) {
      const map = join(folder, `${outfile}.map`);
      put(join(folder, 'out'), 'app.js.map', readFileSync(map, 'utf8').replace('"../src/app.ts"', '"app.ts"'));
    }
    expectSource(await places(folder, [process.execPath, outfile]));
  });

  it('are found through the map of tsc', async () => {
    const { folder } = project();
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, sourceMap: true, sourceRoot: '../src' };
    const { outputText, sourceMapText } = ts.transpileModule(SOURCE, { compilerOptions, fileName: 'app.ts' });
    mkdirSync(join(folder, 'out'));
    put(join(folder, 'out'), 'app.js', outputText);
    put(join(folder, 'out'), 'app.js.map', sourceMapText ?? '');
    expectSource(await places(folder, [process.execPath, 'out/app.js']));
  });

  it('are found when tsx compiles in memory', async () => {
    const { folder } = project();
    expectSource(await places(folder, [process.execPath, join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'src/app.ts']));
  });

  it('are found through a map with sections', async () => {
    const { folder } = project();
    await build({ entryPoints: ['src/app.ts'], outfile: 'out/app.js', absWorkingDir: folder, format: 'esm', sourcemap: true });
    const out = join(folder, 'out');
    const map: unknown = JSON.parse(readFileSync(join(out, 'app.js.map'), 'utf8'));
    put(out, 'app.js.map', JSON.stringify({ version: 3, sections: [{ offset: { line: 2, column: 0 }, map }] }));
    put(out, 'app.js', `// a banner\n// of two lines\n${readFileSync(join(out, 'app.js'), 'utf8')}`);
    expectSource(await places(folder, [process.execPath, 'out/app.js']));
  });

  it('are shown from the map itself when the source is gone', async () => {
    const { folder, source } = project();
    await build({ entryPoints: ['src/app.ts'], outfile: 'out/app.js', absWorkingDir: folder, format: 'esm', sourcemap: true });
    rmSync(source);
    expectSource(await places(folder, [process.execPath, 'out/app.js']));
  });

  it.each([
    ['is missing', (map: string) => { renameSync(map, `${map}.away`); }],
    ['is no JSON', (map: string) => { put(join(map, '..'), basename(map), '{'); }],
    ['is no map', (map: string) => { put(join(map, '..'), basename(map), '[1, 2]'); }],
    ['has no mappings', (map: string) => { put(join(map, '..'), basename(map), '{"version":3,"sources":[],"mappings":""}'); }],
  ])('are those of the compiled file when its map %s', async (_, spoil) => {
    const { folder } = project();
    await build({ entryPoints: ['src/app.ts'], outfile: 'out/app.js', absWorkingDir: folder, format: 'esm', sourcemap: true });
    spoil(join(folder, 'out', 'app.js.map'));
    const found = await places(folder, [process.execPath, 'out/app.js']);
    for (const each of found) expect(each).toMatchObject({ file: 'out/app.js', text: expect.stringMatching(/\S/) });
  });

  it('are without a frame in code that was evaluated', async () => {
    const javascript = SOURCE.replace(/^import .*$/m, "const { channel } = process.getBuiltinModule?.('diagnostics_channel') ?? require('diagnostics_channel');")
      .replace(/interface[\s\S]*?undefined;/, '').replace(/: (object & \{.*?\}|\{ scope.*?\}|string|void)(?= =|\)| \{)/g, '');
    const found = await places(emptyFolder(), [process.execPath, '-e', javascript]);
    for (const each of found) expect(each).toMatchObject({ file: '[eval]', text: '' });
  });

  it.each([
    ['a pipe', (path: string) => { execFileSync('mkfifo', [path]); }],
    ['a device without end', (path: string) => { symlinkSync('/dev/zero', path); }],
    ['a folder', (path: string) => { mkdirSync(path); }],
  ])('are without a frame when the file, or its map, is %s', async (_, make) => {
    const folder = emptyFolder();
    const strange = join(folder, 'strange.js');
    make(strange);
    const script = put(folder, 'app.cjs', `${SCRIPT}\n//# sourceMappingURL=strange.js\n`);
    const kept = join(folder, 'kept');
    expect((await scopeTrace(['--trace', kept, '--', process.execPath, script])).code).toBe(66);
    const [name = ''] = readdirSync(kept).filter((each) => each.endsWith('.jsonl'));
    put(kept, name, readFileSync(join(kept, name), 'utf8').replaceAll(script, strange));
    const outcome = await scopeTrace(['report', kept], { cwd: folder });
    expect(outcome.code).toBe(66);
    expect(outcome.stdout).toMatch(/exited again here\s+strange\.js:\d/);
    expect(outcome.stdout).not.toContain('│');
  });
});

/** The same in CommonJS, without types. */
const SCRIPT = `
const { channel } = require('node:diagnostics_channel');
const scope = {};
channel('scope-trace:scope:enter').publish({ scope, name: 'session' });
channel('scope-trace:scope:exit').publish({ scope });
channel('scope-trace:scope:exit').publish({ scope });
`;
