import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../reports/index.ts';
import { emptyFolder, put, scopeTrace } from '../support/command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Every way into the library: a scope of a block, one that is left open, a named task. */
const PROGRAM = `
const later = () => new Promise((resolve) => setTimeout(resolve, 5));
async function main() {
  await withScope('outer', async (outer) => {
    void task('WORKER', async () => { await later(); await later(); outer.use('late'); });
    const inner = enterScope('inner');
    await later();
    inner.exit();
    inner.exit();
  });
}
main();
`;

/** The program's findings, without what differs between two runs. */
async function findings(install: (target: string) => void, module: boolean): Promise<unknown> {
  const folder = emptyFolder('scope trace ');
  install(join(folder, 'node_modules', 'scope-trace'));
  const names = '{ enterScope, task, withScope }';
  const script = module
    ? put(folder, 'app.mjs', `import ${names} from 'scope-trace';${PROGRAM}`)
    : put(folder, 'app.cjs', `const ${names} = require('scope-trace');${PROGRAM}`);
  const file = join(folder, 'report.json');
  const { stderr } = await scopeTrace(['--report', file, '--', process.execPath, script], { cwd: folder });
  expect(stderr).not.toMatch(/scope\.js|task\.js|index\.cjs/);
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  expect(report.findings.length).toBeGreaterThan(0);
  return {
    findings: report.findings.map(({ rule, task, places }) => ({ rule, path: task.path, places: places.map(({ label, place }) => [label, place]) })),
    tasks: report.tasks.map(({ label, place }) => [label, place]),
    scopes: report.scopes.map(({ name, entered, exited }) => [name, entered, exited]),
  };
}

function copy(target: string): void {
  cpSync(join(ROOT, 'dist'), join(target, 'dist'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(target, 'package.json'));
}

function link(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(source, target);
}

describe.each([['an ES module', true], ['CommonJS', false]])('a program in %s', (_, module) => {
  it('is seen alike, whichever installation its library comes from', async () => {
    const own = await findings((target) => { link(ROOT, target); }, module);
    expect(await findings(copy, module), 'a dependency').toEqual(own);
    const elsewhere = join(emptyFolder(), 'scope-trace');
    copy(elsewhere);
    expect(await findings((target) => { link(elsewhere, target); }, module), 'a linked dependency').toEqual(own);
  });
});
