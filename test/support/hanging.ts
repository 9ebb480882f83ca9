import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { start } from './command.ts';
import type { Started } from './command.ts';
import type { NodeLine } from './node-lines.ts';

/** A program that has said `ready` and goes on until the test's end. Its inspector takes any free port. */
export async function hang(line: NodeLine, source: string, execArgv: readonly string[] = ['--inspect-port=0']): Promise<Started> {
  const program = start(line.path, [...execArgv, '-e', source]);
  onTestFinished(async () => {
    program.process.kill('SIGKILL');
    await program.ends();
  });
  await program.says('ready');
  return program;
}

/** The TCP ports that a process listens on, as Linux tells them. */
export function listening(pid: number): number[] {
  const folder = `/proc/${pid}/fd`;
  const sockets = readdirSync(folder).flatMap((name) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${name}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
  const rows = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, 'utf8').trim().split('\n').slice(1));
  return rows.flatMap((row) => {
    const [, local = '', , state = '', , , , , , inode = ''] = row.trim().split(/\s+/);
    return state === '0A' && sockets.includes(inode) ? [Number.parseInt(local.split(':')[1] ?? '', 16)] : [];
  });
}

/** Resolves when it holds; the test's own time limit ends the waiting. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(20);
}

/** Whether a process runs no more; its parent may not have taken note. */
export function hasEnded(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}
