import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Dump } from '../../reports/index.ts';
import { tellSystemCall } from '../../src/dump/inspector/system-call.ts';
import { scopeTrace, start, startScopeTrace } from '../support/command.ts';
import { hang, listening, until } from '../support/hanging.ts';
import { nodeLines } from '../support/node-lines.ts';

const IDLE = `
  const server = require('node:net').createServer().listen(0, '127.0.0.1', () => console.log('ready ' + server.address().port));
  setTimeout(function later() {}, 1e6);
  process.on('SIGUSR2', () => console.log('alive'));
`;
const SPIN = `
  console.log('ready');
  setTimeout(function spin(secret) { let turns = 0; for (;;) turns++; }, 1, 's3cret');
`;

const [line] = nodeLines;
if (line === undefined) throw new Error('no Node line');

async function dumpOf(args: readonly string[]): Promise<Dump[]> {
  const outcome = await scopeTrace(['dump', '--json', ...args]);
  if (outcome.code !== 0) throw new Error(outcome.stderr);
  return JSON.parse(outcome.stdout) as Dump[];
}

describe.each(nodeLines)('the inspector of a program on Node $name', (node) => {
  it('is opened, and closed again, and can be opened another time', async () => {
    const program = await hang(node, IDLE);
    const before = listening(program.pid);
    for (const time of ['first', 'second']) {
      const [dump] = await dumpOf(['--fast', String(program.pid)]);
      expect(dump?.program.pid, time).toBe(program.pid);
      expect(dump?.handles.map(({ kind }) => kind), time).toEqual(expect.arrayContaining(['server', 'timer']));
      expect(dump?.handles.find(({ kind }) => kind === 'server')?.detail, time).toBe(`port ${before.join()}`);
      expect(listening(program.pid), time).toEqual(before);
    }
    program.process.kill('SIGUSR2');
    await program.says('alive');
  });

  it('stays open where it was', async () => {
    const program = await hang(node, IDLE, ['--inspect=0']);
    const before = listening(program.pid);
    const [dump] = await dumpOf(['--fast', String(program.pid)]);
    expect(dump?.program.pid).toBe(program.pid);
    expect(listening(program.pid)).toEqual(before);
  });

  it('tells where the program is busy, and lets it go on', async () => {
    const program = await hang(node, SPIN);
    const outcome = await scopeTrace(['dump', String(program.pid)]);
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stdout.replace(/\s+/g, ' ')).toContain('is busy in synchronous code at [eval]:3 in spin');
    expect(outcome.stdout).toMatch(/^ {2}spin .*:3:.*\n {6}(?=.*\bsecret\b).*\bturns\b/m);
    expect(outcome.stdout).not.toContain('s3cret');
    const { stdout: told } = await scopeTrace(['dump', '--locals', String(program.pid)]);
    expect(told).toMatch(/turns = \d/);
    expect(listening(program.pid)).toEqual([]);
    expect(program.process.exitCode).toBeNull();
  });

  it('is closed when the command is interrupted', async () => {
    const program = await hang(node, SPIN);
    const dump = startScopeTrace(['dump', String(program.pid)]);
    await until(() => listening(program.pid).length > 0);
    dump.process.kill('SIGINT');
    expect((await dump.ends()).signal).toBe('SIGINT');
    await until(() => listening(program.pid).length === 0);
  });

  it('is closed when the command is killed', async () => {
    const program = await hang(node, SPIN);
    const dump = startScopeTrace(['dump', String(program.pid)]);
    await until(() => listening(program.pid).length > 0);
    dump.process.kill('SIGKILL');
    await dump.ends();
    await until(() => listening(program.pid).length === 0);
    expect(program.process.exitCode).toBeNull();
  });

  it('reaches worker threads too', async () => {
    const source = `
      const { Worker } = require('node:worker_threads');
      new Worker('setInterval(() => {}, 1e6); require("node:worker_threads").parentPort.postMessage(0)', { eval: true })
        .on('message', () => console.log('ready'));
    `;
    const program = await hang(node, source);
    const dumps = await dumpOf(['--fast', String(program.pid)]);
    expect(dumps.map((dump) => dump.program.thread)).toEqual([0, 1]);
    expect(dumps[1]?.handles).toMatchObject([{ kind: 'timer', timer: { repeats: true, delayMs: 1e6 } }]);
  });
});

describe('what a synchronous call waits for', () => {
  const files: Readonly<Record<number, string>> = { 3: '/tmp/pipe' };
  it.each([
    ['0 0x3 0x7ffc 0x1000 0x0 0x0 0x0 0x7ffc 0x7f12', 'x64', 'a read from file descriptor 3 (/tmp/pipe)'],
    ['63 0x5 0x7ffc 0x1000 0x0 0x0 0x0 0x7ffc 0x7f12', 'arm64', 'a read from file descriptor 5 (closed)'],
    ['257 0xffffff9c 0x7ffc 0x0 0x0 0x0 0x0 0x7ffc 0x7f12', 'x64', 'the opening of a file, such as a named pipe that nobody writes to'],
    ['running', 'x64', undefined],
    ['', 'arm64', undefined],
    ['9999 0x3', 'x64', undefined],
    ['0 0x3', 'mips', undefined],
  ])('%j on %s', (text, arch, told) => {
    expect(tellSystemCall(text, arch, (descriptor) => files[descriptor])).toBe(told);
  });
});

describe('scope-trace dump', () => {
  it('takes an address', async () => {
    const program = await hang(line, IDLE, ['--inspect=0']);
    const [server] = /\d+/.exec(program.peek().stdout) ?? [];
    const [port] = listening(program.pid).filter((each) => String(each) !== server);
    for (const address of [`http://127.0.0.1:${port}`, `127.0.0.1:${port}`]) {
      const [dump] = await dumpOf(['--fast', '--inspect-url', address]);
      expect(dump?.program.pid).toBe(program.pid);
    }
  });

  it('notices that another program answers', async () => {
    const [one, other] = await Promise.all([hang(line, IDLE, ['--inspect=0']), hang(line, SPIN)]);
    const [server] = /\d+/.exec(one.peek().stdout) ?? [];
    const [port] = listening(one.pid).filter((each) => String(each) !== server);
    const outcome = await scopeTrace(['dump', '--fast', String(other.pid), '--inspect-url', `127.0.0.1:${port}`]);
    expect(outcome.code).toBe(64);
    expect(outcome.stderr).toContain(`belongs to process ${one.pid}, and not to process ${other.pid}`);
  });

  it('does not signal a process that is no Node.js program', async () => {
    const sleeper = start('/bin/sleep', ['1000']);
    const outcome = await scopeTrace(['dump', String(sleeper.pid)]);
    expect(outcome).toMatchObject({ code: 64, stdout: '' });
    expect(outcome.stderr).toContain('is no Node.js program');
    expect(sleeper.process.exitCode).toBeNull();
    sleeper.process.kill();
    expect((await sleeper.ends()).signal).toBe('SIGTERM');
  });

  it('names the Node.js program that a shell has started', async () => {
    const shell = start('/bin/sh', ['-c', `'${line.path}' -e 'console.log("ready"); setInterval(() => {}, 1e6)'; exit`]);
    await shell.says('ready');
    const { stderr } = await scopeTrace(['dump', String(shell.pid)]);
    const child = Number(/Did you mean its child (\d+)/.exec(stderr)?.[1]);
    process.kill(child);
    await shell.ends();
  });

  it('does not signal a program that takes no SIGUSR1', async () => {
    const young = nodeLines.find(({ name }) => name === '24') ?? line;
    const program = await hang(young, IDLE, ['--disable-sigusr1']);
    const outcome = await scopeTrace(['dump', String(program.pid)]);
    expect(outcome.code).toBe(64);
    expect(outcome.stderr).toContain('--disable-sigusr1');
    program.process.kill('SIGUSR2');
    await program.says('alive');
  });

  it('does not signal a program that is stopped', async () => {
    const program = await hang(line, IDLE);
    program.process.kill('SIGSTOP');
    await until(() => /^State:\s+T/m.test(readFileSync(`/proc/${program.pid}/status`, 'utf8')));
    const outcome = await scopeTrace(['dump', String(program.pid)]);
    expect(outcome.code).toBe(64);
    expect(outcome.stderr.replace(/\s+/g, ' ')).toContain(`so it cannot answer. Let it go on with: kill -CONT ${program.pid}`);
    const [server] = listening(program.pid);
    program.process.kill('SIGCONT');
    program.process.kill('SIGUSR2');
    await program.says('alive');
    expect(listening(program.pid)).toEqual([server]);
  });

  it('does not signal a program that a signal would end', async () => {
    const program = start('/bin/sh', ['-c', `sleep 1000 | { '${line.path}' -e 'console.log("ready " + process.pid); require("fs").readSync(0, Buffer.alloc(1))'; echo "ended with $?"; }`], { detached: true });
    await program.says('ready');
    const pid = Number(/ready (\d+)/.exec(program.peek().stdout)?.[1]);
    await until(() => /^(?:0|63) /.test(readFileSync(`/proc/${pid}/syscall`, 'utf8')));
    const outcome = await scopeTrace(['dump', String(pid)]);
    process.kill(-program.pid, 'SIGKILL');
    await program.ends();
    expect(outcome.code).toBe(64);
    expect(outcome.stderr.replace(/\s+/g, ' ')).toMatch(/is in a synchronous call, a read from file descriptor 0 \(pipe:\[\d+\]\).*nothing was sent/);
    expect(program.peek().stdout).not.toContain('ended');
  });

  it('says that a program ended meanwhile', async () => {
    // Large enough to be on its way for a while.
    const program = await hang(line, `globalThis.kept = Array.from({ length: 4e5 }, (_, i) => ({ i: i + 0.5 })); ${IDLE}`);
    const dump = startScopeTrace(['dump', String(program.pid)]);
    await until(() => dump.peek().stderr.includes('will stand still'));
    program.process.kill('SIGKILL');
    const outcome = await dump.ends();
    expect(outcome.code).toBe(64);
    expect(outcome.stderr.replace(/\s+/g, ' ')).toContain('ended while it was dumped');
  });

  it.each([
    [['dump'], 'Name the process'],
    [['dump', '4000000000'], 'There is no process 4000000000'],
    [['dump', 'app.js'], 'is no number of a process'],
    [['dump', String(process.pid), '--inspect-url', 'ws://10.0.0.1:9229/x'], 'on another machine'],
    [['dump', '--inspect-url', 'ftp://x'], 'is no address of an inspector'],
    [['dump', '1', '--strict'], '--strict has no meaning for scope-trace dump'],
  ])('%j is refused', async (args, text) => {
    const outcome = await scopeTrace(args);
    expect(outcome).toMatchObject({ code: 64, stdout: '' });
    expect(outcome.stderr).toContain(text);
  });
});
