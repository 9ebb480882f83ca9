/** The thread that reads a snapshot and works out the dump. */
import { Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { createDump } from '../../../reports/index.ts';
import type { Dump, Standing } from '../../../reports/index.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';
import { SnapshotParser } from './parse-snapshot.ts';
import { bytesIn } from './slots.ts';
import type { Sent } from './slots.ts';
import { Unescape } from './unescape.ts';

const settings = workerData as WorkerSettings;
const parser = new SnapshotParser();
const unescape = new Unescape();
const answers = new Map<number, (text: string | undefined) => void>();
const standings = new Map<number, (at: Standing | undefined) => void>();
const began = performance.now();

function say(message: FromWorker): void {
  parentPort?.postMessage(message);
}

/** Each script is asked for once. */
function sourceOf(scriptId: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    answers.set(scriptId, resolve);
    say({ kind: 'ask', scriptId });
  });
}

function standsAt(generator: number): Promise<Standing | undefined> {
  return new Promise((resolve) => {
    standings.set(generator, resolve);
    say({ kind: 'ask-standing', generator });
  });
}

function parses(code: string): boolean {
  try {
    return new Script(code) instanceof Script;
  } catch {
    return false;
  }
}

async function finish(): Promise<Dump> {
  const { tables, nodes, edges, spillFailure } = parser.finish();
  const readMs = Math.round(performance.now() - began);
  const dump = await createDump(tables, {
    ownScripts: settings.ownScripts,
    ...(settings.sources ? { sourceOf, parses } : {}),
    ...(settings.standings ? { standsAt } : {}),
    onStage: (share) => say({ kind: 'stage', share }),
  });
  const provedMs = Math.round(performance.now() - began) - readMs;
  return {
    ...dump,
    caveats: spillFailure === undefined ? dump.caveats : [...dump.caveats, tellSpill(spillFailure)],
    heap: { nodes, edges, bytes: tables.bytes, snapshotBytes: parser.characters, readMs, provedMs, readerBytes: process.memoryUsage().arrayBuffers },
  };
}

function tellSpill(failure: string): string {
  return `The heap could not be put into a temporary file, because ${failure}: it was held in memory instead. TMPDIR names another folder.`;
}

function read(sent: Sent): void {
  const bytes = bytesIn(settings.memory, sent);
  parser.write(sent.escaped ? bytes.subarray(0, unescape.apply(bytes)) : bytes);
}

async function hear(message: ToWorker): Promise<void> {
  if (message.kind === 'source') {
    answers.get(message.scriptId)?.(message.text);
  } else if (message.kind === 'standing') {
    standings.get(message.generator)?.(message.at);
  } else if (message.kind === 'chunk') {
    read(message.sent);
    say({ kind: 'read', sent: message.sent, characters: parser.characters, share: parser.share });
  } else {
    say({ kind: 'dump', dump: await finish() });
  }
}

parentPort?.on('message', (message: ToWorker) => {
  hear(message).catch((error: unknown) => say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }));
});
