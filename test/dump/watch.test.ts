import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { emptyFolder, put, scopeTrace, start, startScopeTrace } from '../support/command.ts';
import { hasEnded, listening, until } from '../support/hanging.ts';
import { nodeLines } from '../support/node-lines.ts';

const [line] = nodeLines;
if (line === undefined) throw new Error('no Node line');

/** Says its number, and keeps running through what asks it to end politely. */
const DEAF = `
  process.on('SIGTERM', () => console.log('asked'));
  const server = require('node:net').createServer().listen(0, '127.0.0.1', () => console.log('ready ' + process.pid));
`;

const WAITS = `
  async function waits() { await new Promise((resolve) => { globalThis.resolve = resolve; }); }
  void waits();
  const server = require('node:net').createServer().listen(0, '127.0.0.1', () => console.log('ready ' + process.pid));
`;

/** Ends well when it is asked to. */
const LOCKED = `
  let mine;
  async function run() { await null; await mine; }
  mine = run();
  globalThis.keep = mine;
  process.on('SIGTERM', () => process.exit(0));
  const server = require('node:net').createServer().listen(0, '127.0.0.1', () => console.log('ready ' + process.pid));
`;

const flags = ['--inspect-port=0', '-e'];

describe.each(nodeLines)('a run on Node $name', (node) => {
  it('is dumped and ended when its time is up', async () => {
    const outcome = await scopeTrace(['--timeout', '1s', '--', node.path, ...flags, WAITS]);
    expect(outcome.code).toBe(124);
    expect(outcome.stderr).toContain('1 s are over, and the command still runs.');
    expect(outcome.stderr).toMatch(/server.*port \d+/);
  });

  it('is dumped once when nothing progresses, goes on, and fails for what the dump proved', async () => {
    const folder = emptyFolder();
    const command = startScopeTrace(['--hang-after', '500ms', '--trace', folder, '--', node.path, ...flags, LOCKED]);
    await command.says('ready');
    await until(() => /port \d+[^]*server|server[^]*port \d+/.test(command.peek().stderr));
    const pid = Number(/ready (\d+)/.exec(command.peek().stdout)?.[1]);
    await until(() => listening(pid).length === 1);
    process.kill(pid);
    const outcome = await command.ends();
    expect(outcome.stderr.match(/nothing has progressed/g)).toHaveLength(1);
    expect(outcome.code).toBe(66);
    expect(outcome.stderr).toContain('Task run waited for its own end.');
    const again = await scopeTrace(['report', folder]);
    expect(again.code).toBe(66);
    expect(outcome.stderr).toContain(again.stdout);
  });
});

describe('--timeout', () => {
  it('leaves a program alone that ends in time', async () => {
    const outcome = await scopeTrace(['--timeout', '60s', '--', line.path, '-e', 'process.exitCode = 3']);
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).not.toContain('are over');
  });

  it('kills what does not end, children too', async () => {
    const folder = emptyFolder();
    const child = put(folder, 'child.cjs', DEAF);
    const parent = `require('node:child_process').spawn(process.execPath, ['--inspect-port=0', ${JSON.stringify(child)}], { stdio: 'inherit' }); ${DEAF}`;
    const outcome = await scopeTrace(['--timeout', '1s', '--', line.path, ...flags, parent]);
    expect(outcome.code).toBe(124);
    expect(outcome.stdout.match(/asked/g)).toHaveLength(2);
    for (const [, pid] of outcome.stdout.matchAll(/ready (\d+)/g)) expect(hasEnded(Number(pid))).toBe(true);
  });

  it.each(['60', '0s', '1d', ''])('%j is no time', async (text) => {
    const outcome = await scopeTrace(['--timeout', text, '--', 'true']);
    expect(outcome).toMatchObject({ code: 64 });
    expect(outcome.stderr).toContain('a time with its unit');
  });
});

describe('Ctrl-C', () => {
  it('dumps a program that does not end on it, and a second one ends it', async () => {
    const source = `process.on('SIGINT', () => console.log('got it')); ${DEAF}`;
    const command = startScopeTrace(['--timeout', '1h', '--', line.path, ...flags, source], { detached: true });
    await command.says('ready');
    process.kill(-command.pid, 'SIGINT');
    await command.says('got it');
    await until(() => /server.*port \d+/.test(command.peek().stderr));
    process.kill(-command.pid, 'SIGINT');
    const outcome = await command.ends();
    expect(outcome.stdout.match(/got it/g)).toHaveLength(2);
    expect(outcome.code).toBe(137);
  });

  it.each(nodeLines)('dumps a program that does not handle it before it ends, on Node $name', async (node) => {
    const source = `console.log(process.listenerCount('SIGINT'), process.eventNames()); ${WAITS}`;
    const plain = await start(node.path, ['-e', "console.log(process.listenerCount('SIGINT'), process.eventNames())"]).ends();
    const command = startScopeTrace(['--timeout', '1h', '--', node.path, ...flags, source], { detached: true });
    await command.says('ready');
    process.kill(-command.pid, 'SIGINT');
    const outcome = await command.ends();
    expect(outcome.code).toBe(130);
    expect(outcome.stdout).toContain(plain.stdout);
    expect(outcome.stderr).toContain('interrupted, and ended after this');
    expect(outcome.stderr).toMatch(/server.*port \d+/);
  });

  it('ends a program that is busy, once its stack is shown', async () => {
    const source = "console.log('ready'); setTimeout(function spin() { for (;;); }, 1)";
    const command = startScopeTrace(['--timeout', '1h', '--', line.path, ...flags, source], { detached: true });
    await command.says('ready');
    process.kill(-command.pid, 'SIGINT');
    const outcome = await command.ends();
    expect(outcome.code).toBe(130);
    expect(outcome.stderr.replace(/\s+/g, ' ')).toContain('is busy in synchronous code at [eval]:1 in spin');
  });

  it('ends a program at once when there is no command any more to dump it', async () => {
    const command = startScopeTrace(['--timeout', '1h', '--', line.path, ...flags, WAITS], { detached: true });
    await command.says('ready');
    const pid = Number(/ready (\d+)/.exec(command.peek().stdout)?.[1]);
    command.process.kill('SIGKILL');
    await once(command.process, 'exit');
    process.kill(pid, 'SIGINT');
    // The program holds the output open as long as it runs.
    expect((await command.ends()).signal).toBe('SIGKILL');
  });

  it('leaves a program alone that ends on it by itself', async () => {
    const source = `process.on('SIGINT', () => process.exit(5)); ${DEAF}`;
    const command = startScopeTrace(['--timeout', '1h', '--', line.path, ...flags, source], { detached: true });
    await command.says('ready');
    process.kill(-command.pid, 'SIGINT');
    const outcome = await command.ends();
    expect(outcome.code).toBe(5);
    expect(outcome.stderr).not.toContain('Ctrl-C');
  });
});
