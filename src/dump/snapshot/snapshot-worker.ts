/** The thread that reads a snapshot and works out the dump. */
import { Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { createDump } from '../../../reports/index.ts';
import type { Dump } from '../../../reports/index.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';
import { SnapshotParser } from './parse-snapshot.ts';

const settings = workerData as WorkerSettings;
const parser = new SnapshotParser();
const answers = new Map<number, (text: string | undefined) => void>();
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

function parses(code: string): boolean {
  try {
    return new Script(code) instanceof Script;
  } catch {
    return false;
  }
}

async function finish(): Promise<Dump> {
  const tables = parser.finish();
  const readMs = Math.round(performance.now() - began);
  const dump = await createDump(tables, {
    ownScripts: settings.ownScripts,
    ...(settings.sources ? { sourceOf, parses } : {}),
    onStage: (share) => say({ kind: 'stage', share }),
  });
  const { nodeCount, edgeCount, bytes } = tables;
  const { arrayBuffers } = process.memoryUsage();
  return { ...dump, heap: { nodes: nodeCount, edges: edgeCount, bytes, snapshotBytes: parser.characters, readMs, provedMs: Math.round(performance.now() - began) - readMs, readerBytes: arrayBuffers } };
}

async function hear(message: ToWorker): Promise<void> {
  if (message.kind === 'source') {
    answers.get(message.scriptId)?.(message.text);
  } else if (message.kind === 'chunk') {
    parser.write(message.text);
    say({ kind: 'read', characters: parser.characters, share: parser.share });
  } else {
    say({ kind: 'dump', dump: await finish() });
  }
}

parentPort?.on('message', (message: ToWorker) => {
  hear(message).catch((error: unknown) => say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }));
});
