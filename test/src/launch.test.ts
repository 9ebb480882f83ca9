import { fork } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CLI, emptyFolder, put, scopeTrace, start } from '../support/command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const node = process.execPath;

describe('the program', () => {
  it('reads its own standard input', async () => {
    const input = 'line\n'.repeat(50_000);
    const outcome = await scopeTrace(['--quiet', '--', node, '-e', 'process.stdin.pipe(process.stdout)'], { input });
    expect(outcome).toMatchObject({ code: 0, stdout: input, stderr: '' });
  });

  it('writes everything it has to say', async () => {
    const source = 'process.stdout.write("x".repeat(3e6)); process.stderr.write("y".repeat(3e6))';
    const outcome = await scopeTrace(['--quiet', '--', node, '-e', source]);
    expect(outcome.stdout).toHaveLength(3e6);
    expect(outcome.stderr).toHaveLength(3e6);
  });

  it('gets its arguments as they are', async () => {
    const args = ['a b', '', '"', "'", '$HOME', '*', '--quiet', '--', 'ü'];
    const script = put(emptyFolder(), 'args.cjs', 'console.log(JSON.stringify(process.argv.slice(2)))');
    const outcome = await scopeTrace(['--quiet', '--', node, script, ...args]);
    expect(JSON.parse(outcome.stdout)).toEqual(args);
  });

  it('runs when the command is named like one of ours', async () => {
    const folder = emptyFolder();
    await start('chmod', ['+x', put(folder, 'report', '#!/bin/sh\necho mine "$@"\n')]).ends();
    const outcome = await scopeTrace(['--', 'report', '--help'], { env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` } });
    expect(outcome).toMatchObject({ code: 0, stdout: 'mine --help\n' });
  });

  it('keeps the NODE_OPTIONS of its user', async () => {
    const preload = put(emptyFolder(), 'theirs.cjs', 'globalThis.theirs = true');
    const outcome = await scopeTrace(['--quiet', '--', node, '-p', 'theirs + process.env.NODE_OPTIONS'], {
      env: { NODE_OPTIONS: `--require ${preload}` },
    });
    expect(outcome.stdout).toMatch(/^true--require ".*preload\.cjs" (--ins""pect-publish-uid=http )?--require .*theirs\.cjs\n$/);
  });

  it('is traced when scope-trace lies in a folder with a space in its name', async () => {
    const folder = emptyFolder('scope trace "test" ');
    symlinkSync(ROOT, join(folder, 'a package'));
    const cli = join(folder, 'a package', 'dist', 'src', 'cli.js');
    const outcome = await start(node, ['--preserve-symlinks', '--preserve-symlinks-main', cli, '--', node, '-e', '0']).ends();
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain('1 program');
  });

  it('talks to the process that forked us', async () => {
    const script = put(emptyFolder(), 'echo.cjs', 'process.once("message", (m) => { process.send({ echo: m }); process.disconnect(); })');
    const child = fork(CLI, ['--quiet', '--', node, script], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.send('hello');
    const [message] = (await once(child, 'message')) as [unknown];
    expect(message).toEqual({ echo: 'hello' });
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  });
});

describe('colour', () => {
  const escape = String.fromCharCode(27);
  it.each([
    [{ FORCE_COLOR: '1', NO_COLOR: undefined }, [], true],
    [{ NO_COLOR: '1' }, [], false],
    [{ NO_COLOR: undefined }, [], false],
    [{ NO_COLOR: '1' }, ['--color'], true],
    [{ FORCE_COLOR: '1', NO_COLOR: undefined }, ['--no-color'], false],
  ])('with %j and %j: %s', async (env, args, colored) => {
    const outcome = await scopeTrace([...args, '--', node, '-e', '0'], { env });
    expect(outcome.stderr.includes(escape)).toBe(colored);
  });
});
