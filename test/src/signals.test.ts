import { describe, expect, it } from 'vitest';
import { emptyFolder, put, scopeTrace, start, startScopeTrace } from '../support/command.ts';

/** Says `pid` and `ready`, counts signals until it gets the one that it ends with. */
const COUNTING = `
  const counts = {};
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2']) {
    process.on(name, () => {
      counts[name] = (counts[name] ?? 0) + 1;
      console.log('got ' + name + ' ' + counts[name]);
    });
  }
  process.on('SIGQUIT', () => { console.log(JSON.stringify(counts)); process.exit(3); });
  setInterval(() => {}, 1e6);
  console.log('ready ' + process.pid);
`;

describe('signals', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const)('%s sent to the command reaches the program once', async (signal) => {
    const command = startScopeTrace(['--', process.execPath, '-e', COUNTING]);
    await command.says('ready');
    command.process.kill(signal);
    await command.says(`got ${signal} 1`);
    command.process.kill('SIGQUIT');
    const outcome = await command.ends();
    expect(outcome.stdout).toContain(JSON.stringify({ [signal]: 1 }));
    expect(outcome).toMatchObject({ code: 3, signal: null });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s sent to the group, as Ctrl-C is, reaches the program once', async (signal) => {
    const command = startScopeTrace(['--', process.execPath, '-e', COUNTING], { detached: true });
    await command.says('ready');
    process.kill(-command.pid, signal);
    await command.says(`got ${signal} 1`);
    process.kill(-command.pid, 'SIGQUIT');
    const outcome = await command.ends();
    expect(outcome.stdout).toContain(JSON.stringify({ [signal]: 1 }));
    expect(outcome).toMatchObject({ code: 3, signal: null });
  });

  it('a second SIGINT passes too', async () => {
    const command = startScopeTrace(['--', process.execPath, '-e', COUNTING]);
    await command.says('ready');
    command.process.kill('SIGINT');
    await command.says('got SIGINT 1');
    command.process.kill('SIGINT');
    await command.says('got SIGINT 2');
    command.process.kill('SIGQUIT');
    expect((await command.ends()).code).toBe(3);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends a program that does not handle it, and the command with %i', async (signal, code) => {
    const command = startScopeTrace(['--', process.execPath, '-e', 'setInterval(() => {}, 1e6); console.log("ready")']);
    await command.says('ready');
    command.process.kill(signal);
    expect(await command.ends()).toMatchObject({ code, signal: null });
  });

  it('a killed program ends the command with 137, and its recording is read', async () => {
    const command = startScopeTrace(['--', process.execPath, '-e', 'process.kill(process.pid, "SIGKILL")']);
    const outcome = await command.ends();
    expect(outcome.code).toBe(137);
    expect(outcome.stderr).toContain('1 program');
  });

  it('the program sees no listener and no signal of ours', async () => {
    const source = 'console.log(JSON.stringify(process.eventNames().map(String)))';
    const script = put(emptyFolder(), 'listeners.cjs', source);
    const plain = await start(process.execPath, [script]).ends();
    const traced = await scopeTrace(['--', process.execPath, script]);
    expect(traced.stdout).toBe(plain.stdout);
  });
});
