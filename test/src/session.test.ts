import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
    expect(manifest).toMatchObject({ kind: 'scope-trace-session', protocol: 1, command: [node, '-e', '0'], cwd: process.cwd() });
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
