/** The commands in a real terminal. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLI, start } from '../support/command.ts';
import { openTerminal, type PseudoTerminal } from './pseudo-terminal.ts';

const DOWN = '\u001b[B';
const SHOW_CURSOR = '\u001b[?25h';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'view-terminal-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function leaves(terminal: PseudoTerminal): Promise<void> {
  expect(await terminal.ends()).toMatchObject({ exitCode: 0 });
  expect(terminal.buffer()).toBe('normal');
  expect(terminal.written().lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(terminal.written().lastIndexOf('\u001b[?25l'));
}

it('shows a program that runs: who waits for what, keys, another width, its end', async () => {
  const program = join(folder, 'program.mjs');
  const recording = join(folder, 'live');
  writeFileSync(program, `
import { setTimeout as sleep } from 'node:timers/promises';
async function poll() { for (;;) await sleep(100_000); }
async function watcher(what) { await what; }
void watcher(poll());
setInterval(() => console.log('turns'), 2);
`);
  const command = start(process.execPath, [CLI, '--trace', recording, '--', process.execPath, program]);
  await command.says('turns');
  const terminal = openTerminal([CLI, 'watch', recording]);
  await terminal.shows(/waiting .* poll program\.mjs:3 +timer at/);
  expect(terminal.buffer()).toBe('alternate');
  terminal.press('/poll\r');
  await terminal.shows('1/2 of 3');
  terminal.press('\u001b');
  await terminal.shows('1/3');
  terminal.press(`${DOWN}\r`);
  await terminal.shows('started at');
  terminal.press('4');
  await terminal.shows(/WHO WAITS[^]*watcher program\.mjs:4[^]*poll program\.mjs:3[^]*timer/);
  terminal.resize(60, 12);
  await terminal.shows(/^● live .{0,60}\n1 Tasks 2 Scopes 3 Findings 4 Awaits 5 Handles 6 Programs\n/);
  command.process.kill('SIGTERM');
  await terminal.shows('■ ended');
  terminal.press('q');
  await leaves(terminal);
  await command.ends();
});

it('replays the bundled example: goes to the finding, and shows its places', async () => {
  const recording = join(folder, 'example');
  await start(process.execPath, [CLI, '--trace', recording, '--', process.execPath, 'examples/agent/broken.mjs']).ends();
  const terminal = openTerminal([CLI, 'view', recording]);
  await terminal.shows(/of \d/);
  terminal.press('$3');
  await terminal.shows('cross-task-exit');
  terminal.press('^');
  await terminal.shows('Nothing was found so far.');
  terminal.press(']');
  await terminal.shows('leaked-task');
  terminal.press(']');
  await terminal.shows(/✖ 1 ▲ 1[^]*cross-task-exit/);
  terminal.press('g\r');
  await terminal.shows('exited by   main › timer scheduler.mjs');
  terminal.press('s');
  await terminal.shows('Scope "session market"');
  terminal.press('q');
  await leaves(terminal);
});

it('shows a recording that is complete, and gives the terminal back when it is told to end', async () => {
  const recording = join(folder, 'scenario');
  await start(process.execPath, [CLI, '--trace', recording, '--', process.execPath, 'examples/scenarios/s6-late-timeout/broken.mjs']).ends();
  const terminal = openTerminal([CLI, 'watch', recording]);
  await terminal.shows(/■ ended {2}✖ \d/);
  process.kill(terminal.pid, 'SIGTERM');
  expect(await terminal.ends()).toMatchObject({ signal: 15 });
  expect(terminal.buffer()).toBe('normal');
  expect(terminal.written().trimEnd().endsWith('\u001b[?1049l')).toBe(true);
});
