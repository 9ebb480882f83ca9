import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '../../tracker/protocol.ts';
import { emptyFolder, put, scopeTrace, startScopeTrace } from '../support/command.ts';

const node = process.execPath;

describe('the folder of a session', () => {
  it.each([
    ['succeeds', 'void 0'],
    ['fails', 'throw new Error("mine")'],
    ['is killed', 'process.kill(process.pid, "SIGKILL")'],
  ])('is gone after a program that %s', async (_, source) => {
    const TMPDIR = emptyFolder();
    await scopeTrace(['--', node, '-e', source], { env: { TMPDIR } });
    expect(readdirSync(TMPDIR)).toEqual([]);
  });

  it('is gone after a signal to all', async () => {
    const TMPDIR = emptyFolder();
    const command = startScopeTrace(['--', node, '-e', 'setInterval(() => {}, 1e6); console.log("ready")'], { env: { TMPDIR }, detached: true });
    await command.says('ready');
    process.kill(-command.pid, 'SIGINT');
    expect((await command.ends()).code).toBe(130);
    expect(readdirSync(TMPDIR)).toEqual([]);
  });

  it('stays where the user wants it, with the command that was run', async () => {
    const folder = join(emptyFolder(), 'deep', 'kept');
    const outcome = await scopeTrace(['--trace', folder, '--', node, '-e', '0']);
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain(`The recording is kept: scope-trace report ${folder}`);
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'session.json'), 'utf8'));
    expect(manifest).toMatchObject({ kind: 'scope-trace-session', protocol: PROTOCOL_VERSION, command: [node, '-e', '0'], cwd: process.cwd() });
  });

  it('is not made when something else is wrong', async () => {
    const folder = join(emptyFolder(), 'kept');
    const outcome = await scopeTrace(['--trace', folder, '--report', '/proc/report.json', '--', node, '-e', '0']);
    expect(outcome.code).toBe(64);
    expect(existsSync(folder)).toBe(false);
  });

  it('is empty, and that is said, when no Node program was started', async () => {
    const outcome = await scopeTrace(['--quiet', '--', 'true']);
    expect(outcome).toMatchObject({ code: 0, stdout: '' });
    expect(outcome.stderr).toContain('No Node.js program was traced');
    expect(outcome.stderr.replace(/\s+/g, ' ')).toContain("ran under Node's permission model (--permission)");
  });

  it('--quiet says nothing about a program without findings', async () => {
    const script = put(emptyFolder(), 'app.cjs', 'console.log("mine"); console.error("mine too")');
    expect(await scopeTrace(['--quiet', '--', node, script])).toMatchObject({ code: 0, stdout: 'mine\n', stderr: 'mine too\n' });
  });
});

/** Says that it is ready, and ends with a finding when it is told to. */
const WAITING = `
  const { channel } = require('node:diagnostics_channel');
  const scope = {};
  channel('scope-trace:scope:enter').publish({ scope, name: 'first' });
  process.on('SIGTERM', () => {
    channel('scope-trace:scope:exit').publish({ scope });
    channel('scope-trace:scope:exit').publish({ scope });
    process.exit(0);
  });
  setInterval(() => {}, 1e6);
  console.log('ready');
`;

describe('a folder that another command records into', () => {
  const startWaiting = (folder: string) => startScopeTrace(['--trace', folder, '--', node, '-e', WAITING]);

  it('is refused while that one runs, and free after it', async () => {
    const folder = join(emptyFolder(), 'kept');
    const first = startWaiting(folder);
    await first.says('ready');
    const second = await scopeTrace(['--trace', folder, '--', node, '-e', 'console.log("ran")']);
    expect(second).toMatchObject({ code: 64, stdout: '' });
    expect(second.stderr).toContain(`Another scope-trace is recording into "${folder}". Wait for its end, or name another folder with --trace.`);
    first.process.kill('SIGTERM');
    const outcome = await first.ends();
    expect(outcome.code).toBe(66);
    expect(outcome.stderr).toContain('double-exit');
    expect(readManifestOf(folder)).not.toHaveProperty('pid');
    expect(await scopeTrace(['--trace', folder, '--', node, '-e', 'console.log("ran")'])).toMatchObject({ code: 0, stdout: 'ran\n' });
  });

  it.each(['new', 'that of an earlier recording'])('is given to one only of several that start at once, when it is %s', async (what) => {
    const folder = join(emptyFolder(), 'kept');
    if (what !== 'new') await scopeTrace(['--trace', folder, '--', node, '-e', '0']);
    const commands = Array.from({ length: 4 }, () => startWaiting(folder));
    const answers = await Promise.all(
      commands.map((command) => Promise.race([command.says('ready').then(() => 'runs', () => 'ended'), command.ends().then(() => 'ended')])),
    );
    for (const command of commands) command.process.kill('SIGTERM');
    const outcomes = await Promise.all(commands.map((command) => command.ends()));
    expect(answers.filter((answer) => answer === 'runs')).toHaveLength(1);
    expect(outcomes.map(({ code }) => code).sort()).toEqual([64, 64, 64, 66]);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('is taken over when that one crashed', async () => {
    const folder = join(emptyFolder(), 'kept');
    await scopeTrace(['--trace', folder, '--', node, '-e', '0']);
    const { pid } = spawnSync(node, ['-e', '0']);
    put(folder, 'session.json', JSON.stringify({ ...readManifestOf(folder), pid }));
    expect((await scopeTrace(['--trace', folder, '--', node, '-e', '0'])).code).toBe(0);
    expect(readManifestOf(folder)).not.toHaveProperty('pid');
  });
});

function readManifestOf(folder: string): object {
  return JSON.parse(readFileSync(join(folder, 'session.json'), 'utf8')) as object;
}
