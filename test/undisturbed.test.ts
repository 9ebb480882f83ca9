import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runBoth, runWithout } from './support/compare-runs.ts';
import { nodeLines } from './support/node-lines.ts';
import { readProgram } from './support/program-files.ts';

const folder = fileURLToPath(new URL('programs/undisturbed/', import.meta.url));
const programs = readdirSync(folder)
  .sort()
  .map((name) => readProgram(join(folder, name)));

/** Ways to start Node that have no program file of their own. */
const invocations: readonly { readonly name: string; readonly args: readonly string[]; readonly input?: string }[] = [
  { name: 'node -e', args: ['-e', 'setTimeout(async () => { await null; console.log(process.argv.length) }, 1)'] },
  { name: 'node -p', args: ['-p', '[process.execArgv, module.paths.length, typeof require]'] },
  { name: 'node -p of a promise', args: ['-p', '(async () => 1)()'] },
  { name: 'node -e with a module', args: ['--input-type=module', '-e', 'await null; console.log(import.meta.url)'] },
  { name: 'node -e that throws', args: ['-e', 'throw new Error("expected")'] },
  { name: 'node -e with a syntax error', args: ['-e', 'let let = 1'] },
  { name: 'a script from standard input', args: ['-'], input: 'console.log(__filename, process.argv.length)' },
  { name: 'node --check', args: ['--check', join(folder, 'process-self.cjs')] },
  { name: 'a file that is not there', args: [join(folder, 'no-such-file.mjs')] },
  { name: 'node --test', args: ['--test', '--test-reporter=tap', join(folder, 'unit-tests.mjs')] },
  { name: 'strict rejections', args: ['--unhandled-rejections=strict', '-e', 'Promise.reject(new Error("expected"))'] },
  { name: 'rejections as warnings', args: ['--unhandled-rejections=warn', '-e', 'Promise.reject(new Error("expected"))'] },
  { name: 'an import of code', args: ['--import', 'data:text/javascript,console.log("first")', '-e', 'console.log("second")'] },
  { name: 'async stack traces switched off', args: ['--no-async-stack-traces', join(folder, 'error-stacks.mjs')] },
  { name: 'a short stack', args: ['--stack-trace-limit=1', join(folder, 'error-stacks.mjs')] },
];

for (const line of nodeLines) {
  // The command is the same on all lines: what it passes on is seen on one.
  const isCommands = line.name === '20';
  const by = isCommands ? undefined : runWithout;
  describe.concurrent(`the same output, exit code and signal with and without, on Node ${line.name}`, () => {
    for (const program of programs) {
      const input = /^\/\/ input: (.*)$/m.exec(program.source)?.[1];
      const finds = /^\/\/ finds: (.*)$/m.exec(program.source)?.[1];
      test(program.name, async () => {
        const { plain, traced } = await runBoth([line.path, ...program.execArgv, program.path], { ...(input && { input }) }, by);
        // What is found is said after everything that the program says.
        const said = finds === undefined ? traced.stderr : traced.stderr.slice(0, plain.stderr.length);
        expect({ ...traced, stderr: said }).toEqual(plain);
        if (finds !== undefined && isCommands) expect(traced.stderr).toContain(finds);
      });
    }

    for (const { name, args, input } of invocations) {
      test(name, async () => {
        const { plain, traced } = await runBoth([line.path, ...args], { ...(input && { input }) }, by);
        expect(traced).toEqual(plain);
      });
    }

    test('NODE_OPTIONS of the user are kept', async () => {
      const env = { NODE_OPTIONS: '--no-warnings --stack-trace-limit=2' };
      const { plain, traced } = await runBoth([line.path, join(folder, 'error-stacks.mjs')], { env });
      expect(traced).toEqual(plain);
    });

    test('a shell script that starts node twice, and a pipe that is closed early', async () => {
      const script = `"${line.path}" -p 1; "${line.path}" -e 'for (let n = 0; n < 1e5; n++) console.log(n)' | head -n 1; exit 3`;
      const { plain, traced } = await runBoth(['sh', '-c', script]);
      expect(traced).toEqual(plain);
      expect(traced.code).toBe(3);
    });
  });
}
