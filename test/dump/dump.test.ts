import { describe, expect, it, onTestFinished } from 'vitest';
import type { Dump, WaitingTask } from '../../reports/index.ts';
import { emptyFolder, put, scopeTrace, start, startScopeTrace } from '../support/command.ts';
import { listening } from '../support/hanging.ts';
import { nodeLines } from '../support/node-lines.ts';

const WAITING = `
import { createServer } from 'node:net';
const kept = [];
async function inner(token) {
  await new Promise((resolve) => kept.push(resolve));
  return token;
}
async function outer() {
  const secret = 'abc';
  await inner(secret);
  return secret;
}
const shared = new Promise((resolve) => kept.push(resolve));
async function one() { await shared; }
async function other() {
  await shared;
}
async function lost() {
  await new Promise(() => {});
}
void lost();
const all = [outer(), one(), other()];
setTimeout(function later() { kept.length = all.length; }, 1e6);
createServer().listen(0, '127.0.0.1', () => console.log('ready ' + process.pid));
`;

/** What a line of the program holds, from 1. */
const lineOf = (text: string): number => WAITING.split('\n').findIndex((line) => line.includes(text)) + 1;

async function dumpOf(args: readonly string[]): Promise<Dump> {
  const outcome = await scopeTrace(['dump', '--json', ...args]);
  if (outcome.code !== 0) throw new Error(outcome.stderr);
  const [dump] = JSON.parse(outcome.stdout) as Dump[];
  if (dump === undefined) throw new Error(outcome.stdout);
  return dump;
}

function taskIn({ tasks }: Dump, name: string): WaitingTask | undefined {
  return tasks.find((task) => task.name === name);
}

describe.each(nodeLines)('a dump of a program on Node $name', (node) => {
  it('names the lines that wait, and the variables when asked to', async () => {
    const program = start(node.path, ['--inspect-port=0', put(emptyFolder(), 'waiting.mjs', WAITING)]);
    onTestFinished(async () => {
      program.process.kill('SIGKILL');
      await program.ends();
    });
    await program.says('ready');
    const ports = listening(program.pid);
    const dump = await dumpOf([String(program.pid)]);
    const lines = Object.fromEntries(['inner', 'outer', 'one', 'other'].map((name) => [name, taskIn(dump, name)?.place?.line]));
    expect(lines).toEqual({
      inner: lineOf('kept.push(resolve));'),
      outer: lineOf('await inner'),
      one: lineOf('async function one'),
      other: lineOf('async function other') + 1,
    });
    expect(JSON.stringify(dump)).not.toContain('abc');
    expect(dump.handles.find(({ kind }) => kind === 'timer')).toMatchObject({ ref: true, timer: { delayMs: 1e6, repeats: false } });
    expect(dump.handles.find(({ kind }) => kind === 'server')?.detail).toBe(`port ${ports.join()}`);
    const open = await dumpOf(['--locals', String(program.pid)]);
    expect(taskIn(open, 'outer')?.locals).toContainEqual({ name: 'secret', value: '"abc"' });
    const fast = await dumpOf(['--fast', String(program.pid)]);
    expect(taskIn(fast, 'inner')?.place?.line).toBe(lines.inner);
    expect(taskIn(fast, 'outer')?.place?.line).toBe(lines.outer);
    expect(fast.roots.map((id) => fast.tasks.find((task) => task.id === id)?.name)).toEqual(['outer']);
    expect(fast.caveats.join()).toMatch(/\d promises are alive, \d+ of them pending.* only the heap tells/);
    expect(listening(program.pid)).toEqual(ports);
  });

  it('says what the tracker knows of a traced one', async () => {
    const command = startScopeTrace(['--', node.path, '--inspect-port=0', put(emptyFolder(), 'waiting.mjs', WAITING)]);
    await command.says('ready');
    const pid = /ready (\d+)/.exec(command.peek().stdout)?.[1] ?? '';
    const dump = await dumpOf([pid]);
    expect(taskIn(dump, 'outer')?.tracked).toMatchObject({ label: expect.stringMatching(/^main › outer waiting\.mjs:\d+$/), started: { line: lineOf('[outer()') } });
    expect(dump.handles.find(({ kind }) => kind === 'timer')?.created?.line).toBe(lineOf('function later'));
    expect(dump.handles.find(({ kind }) => kind === 'server')?.created?.line).toBe(lineOf('createServer()'));
    const lost = { stack: [{ name: 'lost', place: { line: lineOf('Promise(() => {})') } }] };
    expect(dump.vanished).toMatchObject([lost]);
    const fast = await dumpOf(['--fast', pid]);
    expect(fast.vanished).toMatchObject([lost]);
    for (const name of ['inner', 'outer', 'one', 'other']) expect(taskIn(fast, name)?.tracked?.label, name).toMatch(/^main › /);
    expect(taskIn(fast, 'outer')?.place?.line).toBe(lineOf('await inner'));
    expect(fast.handles.find(({ kind }) => kind === 'server')?.created?.line).toBe(lineOf('createServer()'));
    expect(dump.tasks.filter(({ script }) => script?.includes('preload.cjs'))).toEqual([]);
    process.kill(Number(pid));
    expect((await command.ends()).code).toBe(143);
  });
});
