/**
 * Run as a program of its own beside a dump: when the command that opened a program's inspector is
 * killed before it could close it, this does. Reads {@link Charge} as JSON from standard input;
 * whatever comes after that line says that nothing is left to do.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { endInspector } from './end-inspector.ts';
import { findSocket } from './endpoint.ts';
import { Connection } from './connection.ts';
import { portsOf } from './ports.ts';

export interface Charge {
  readonly pid: number;
  /** Ports that the program listened on before: what comes is the inspector. */
  readonly before: readonly number[];
}

/** A program that is in a synchronous call takes note of our signal only after it. */
const WATCH_MS = 60_000;
const LOOK_EVERY_MS = 100;

async function main(): Promise<void> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
  const [line = '', done = ''] = text.split('\n');
  if (line === '' || done !== '') return;
  await close(JSON.parse(line) as Charge);
}

async function close({ pid, before }: Charge): Promise<void> {
  const until = performance.now() + WATCH_MS;
  while (performance.now() < until) {
    const ports = portsOf(pid);
    if (ports === undefined) return;
    const opened = ports.find(({ port }) => !before.includes(port));
    const url = opened === undefined ? undefined : await findSocket(opened.host, opened.port);
    if (url !== undefined) {
      await endInspector(await Connection.open(url));
      return;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

// Ctrl-C is meant for the command, whose end is our call.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
await main().catch(() => undefined);
