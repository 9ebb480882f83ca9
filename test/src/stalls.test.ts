import { readdirSync, readFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, put, scopeTrace, start, startScopeTrace } from '../support/command.ts';
import { nodeLines } from '../support/node-lines.ts';

const FOREVER: readonly (readonly [what: string, code: string, stands: string])[] = [
  ['a loop', 'function spin() { for (;;); }\nsetImmediate(spin);', 'spin kept the event loop from turning for at least'],
  ['a regular expression', 'function match() { /^(a+)+$/.test("a".repeat(99) + "b"); }\nsetImmediate(match);', 'in `RegExp.test`'],
  ['a lock', 'function wait() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); }\nsetImmediate(wait);', 'in `Atomics.wait`'],
  ['promises', 'async function ask() { for (;;) await null; }\nsetImmediate(ask);', 'again and again in ask'],
];

/** Resolves when the recording in `folder` tells of so many looks. */
async function looked(folder: string, times: number): Promise<number> {
  for await (const { filename } of watch(folder)) {
    if (filename?.endsWith('.jsonl') !== true) continue;
    const name = readdirSync(folder).find((one) => one.endsWith('.jsonl'));
    const looks = name === undefined ? [] : readFileSync(join(folder, name), 'utf8').split('"stall-sampled"');
    if (looks.length > times) return Number(name?.split('-')[0]);
  }
  throw new Error('The folder is watched no more.');
}

/** Resolves when a program that could be asked no longer can; gives its process id. */
async function hearsNoMore(folder: string): Promise<number> {
  for await (const { filename } of watch(folder)) {
    const asked = readdirSync(folder).find((name) => name.endsWith('.asked'));
    if (filename?.endsWith('.hears') === true && asked !== undefined && !readdirSync(folder).includes(filename)) return Number(asked.split('-')[0]);
  }
  throw new Error('The folder is watched no more.');
}

describe.runIf(process.platform === 'linux')('a program that stands still', () => {
  describe.each(nodeLines)('on Node $name', ({ path }) => {
    it.each(FOREVER)('in %s is said where, also when it is killed', async (_what, code, stands) => {
      const folder = emptyFolder();
      const program = put(emptyFolder(), 'forever.mjs', code);
      const command = startScopeTrace(['--block-after', '50', '--trace', folder, '--', path, program]);
      process.kill(await looked(folder, 6), 'SIGKILL');
      const outcome = await command.ends();
      expect(outcome.code).toBe(137);
      expect(outcome.stderr.replace(/\s+/g, ' ')).toContain(stands);
      expect(outcome.stderr).toContain('forever.mjs:1');
      expect(readdirSync(folder).filter((name) => !/\.jsonl?$|^session/.test(name))).toEqual([]);
    });

    it('that was asked just before its end waits for the signal, which Node would not survive later', async () => {
      const folder = emptyFolder();
      const command = startScopeTrace(['--trace', folder, '--', path, '-e', ASKED_AT_ITS_END]);
      process.kill(await hearsNoMore(folder), 'SIGUSR1');
      expect(await command.ends()).toMatchObject({ code: 0, stdout: '' });
      expect(readdirSync(folder).filter((name) => name.endsWith('.asked'))).toEqual([]);
    });

    it('has its inspector where it or its user opens it, and Node prints what it prints', async () => {
      const program = put(emptyFolder(), 'opens.mjs', OPENS);
      const [plain, traced] = await Promise.all([start(path, [program]).ends(), scopeTrace(['--quiet', '--', path, program])]);
      const mask = (text: string): string => text.replace(/(ws:\/\/127\.0\.0\.1):(?!9229)\d+\/[0-9a-f-]{36}/g, '$1:some/id');
      expect({ ...traced, stdout: mask(traced.stdout), stderr: mask(traced.stderr) }).toEqual({
        ...plain, stdout: mask(plain.stdout), stderr: mask(plain.stderr),
      });
      expect(plain.stdout).toContain('ws://');
    });
  });

  it('is not asked once it listens to the signal itself', async () => {
    const code = `
      const { readdirSync } = require('node:fs');
      const hears = () => readdirSync(process.env.SCOPE_TRACE_SESSION).some((name) => name.endsWith('.hears'));
      console.log(hears());
      process.on('SIGUSR1', () => {});
      console.log(hears());
    `;
    expect((await scopeTrace(['--quiet', '--', process.execPath, '-e', code])).stdout).toBe('true\nfalse\n');
  });

  it('is not asked when that is not wanted, and when it is debugged', async () => {
    const code = 'console.log(require("node:fs").readdirSync(process.env.SCOPE_TRACE_SESSION).some((name) => name.endsWith(".hears")))';
    for (const args of [['--block-after', '0', '--', process.execPath], ['--', process.execPath, '--inspect=0']]) {
      expect((await scopeTrace(['--quiet', ...args, '-e', code])).stdout).toBe('false\n');
    }
  });
});

const ASKED_AT_ITS_END = `
  const { readdirSync, writeFileSync } = require('node:fs');
  const folder = process.env.SCOPE_TRACE_SESSION;
  process.on('exit', () => {
    const hears = readdirSync(folder).find((name) => name.endsWith('.hears'));
    writeFileSync(folder + '/' + hears.replace('hears', 'asked'), '{"waiting":0,"waitingMs":0}');
  });
`;

/** Opens it by itself, and by the signal that its user would send. */
const OPENS = `
import inspector from 'node:inspector';
console.log(Object.getOwnPropertyDescriptor(process, 'debugPort'), Object.keys(process).indexOf('debugPort') >= 0);
inspector.open(0);
console.log(inspector.url());
inspector.close();
process.debugPort = 0;
process.kill(process.pid, 'SIGUSR1');
const timer = setInterval(() => {
  if (inspector.url() === undefined) return;
  console.log(inspector.url());
  clearInterval(timer);
}, 1);
`;
