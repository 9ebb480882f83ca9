import { expect, it } from 'vitest';
import type { Report } from '../../reports/index.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder, put, scopeTrace } from '../support/command.ts';

it('a run follows the configuration, down to what it ignores', async () => {
  const folder = emptyFolder();
  const library = JSON.stringify(new URL('../../dist/src/index.js', import.meta.url).href);
  put(folder, 'app.mjs', `import { enterScope } from ${library};
const twice = (name) => { const scope = enterScope(name); scope.exit(); scope.exit(); };
twice('known');
// scope-trace-ignore-next-line double-exit: on purpose
{ const scope = enterScope('commented'); scope.exit(); scope.exit(); }
// scope-trace-ignore-next-line deadlock: never
setTimeout(() => {
  const late = enterScope('told');
  late.exit();
  late.exit();
}, 1);
`);
  put(folder, 'scope-trace.config.ts', `import { defineConfig } from 'scope-trace';
export default defineConfig({
  failOn: 'violation', report: 'out.json', rules: { 'double-exit': 'info' },
  ignores: [{ scope: 'known', reason: 'It is known.' }, { file: 'nowhere/**', reason: 'It is gone.' }],
});
`);
  const configured = await scopeTrace(['--', process.execPath, 'app.mjs'], { cwd: folder });
  const report = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as Report;
  expect(report.findings.map(({ scope, severity, accepted }) => [scope?.name, severity, accepted?.by])).toEqual([
    ['known', 'info', 'config'], ['commented', 'info', 'comment'], ['told', 'info', undefined],
  ]);
  expect(configured.code).toBe(0);
  expect(configured.stderr).toContain('! scope-trace.config.ts ignores[1] (file nowhere/**) ignores nothing');
  expect(configured.stderr).toContain('! app.mjs:6 (deadlock) ignores nothing');
  expect(configured.stderr).toMatch(/1 finding \(1 info\) in 1 program,.*;\s+2 ignored/);
  const again = await scopeTrace(['report', '--no-config', 'out.json'], { cwd: folder });
  expect(again.stdout.split('\n').at(-2)).toMatch(/2 ignored$/);
  const merged = await scopeTrace(['merge', '--no-config', '--fail-on', 'info', 'out.json', 'out.json'], { cwd: folder });
  expect(merged).toMatchObject({ code: 66, stdout: expect.stringMatching(/1 finding \(1 info\) in 1 run, 1 program, .*;\s+2 ignored/) as string });
  expect(await scopeTrace(['merge', 'none.json'], { cwd: folder })).toMatchObject({ code: 64, stderr: expect.stringContaining('none.json') as string });
  put(folder, 'scope-trace.config.ts', 'export default { grade: 5 }');
  expect(await scopeTrace(['--', process.execPath, 'app.mjs'], { cwd: folder })).toMatchObject({
    code: 64, stdout: '', stderr: expect.stringContaining('scope-trace.config.ts: grade is not known. Did you mean grace?') as string,
  });
});
