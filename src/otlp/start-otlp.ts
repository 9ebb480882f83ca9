/** Sends a run to a collector from a thread of its own. Whatever becomes of that, the run goes on, and ends as it would have. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { parseTraceparent } from '../../reports/index.ts';
import type { PlacedFinding } from '../../reports/index.ts';
import type { FromOtlp, OtlpSettings, ToOtlp } from './messages.ts';

/** After the program's end, to send what is left. */
const GRACE_MS = 3000;
/** When nothing arrived so far. */
const SHORT_GRACE_MS = 1000;
/** In MiB. */
const MEMORY = { maxOldGenerationSizeMb: 512 };

export interface Otlp {
  /** Resolves to a sentence about what did not arrive. Undefined: all did. Never rejects, and never takes long. */
  end(findings: readonly PlacedFinding[]): Promise<string | undefined>;
}

export function startOtlp(given: Omit<OtlpSettings, 'parent'>): Otlp {
  const parent = parseTraceparent(process.env['TRACEPARENT']);
  const settings: OtlpSettings = { ...given, ...(parent === undefined ? {} : { parent }) };
  let last: FromOtlp = { sent: 0, lost: 0, pending: 0, done: false };
  let trouble: string | undefined;
  let failure: string | undefined;
  const worker = new Worker(new URL('./otlp-worker.js', import.meta.url), { workerData: settings, execArgv: [], resourceLimits: MEMORY, stdout: true, stderr: true });
  worker.unref();
  worker.on('message', (message: FromOtlp) => {
    last = message;
    trouble = message.trouble ?? trouble;
  });
  worker.on('error', (error) => {
    failure = error.message;
  });
  const ended = once(worker, 'exit').catch(() => undefined);
  return {
    end: async (findings) => {
      worker.ref();
      worker.postMessage({ kind: 'end', findings } satisfies ToOtlp);
      const waiting = new AbortController();
      const graceMs = last.sent === 0 && trouble !== undefined ? SHORT_GRACE_MS : GRACE_MS;
      await Promise.race([ended, sleep(graceMs, undefined, { signal: waiting.signal }).catch(() => undefined)]);
      waiting.abort();
      await worker.terminate();
      return tellLost(last, failure ?? trouble, settings.target.shown);
    },
  };
}

function tellLost({ sent, lost, pending, trouble, done }: FromOtlp, known: string | undefined, where: string): string | undefined {
  const missing = lost + pending;
  if (done && missing === 0 && trouble === undefined) return undefined;
  const why = known ?? 'it did not answer in time';
  const what = missing === 0 ? (done ? 'The last counts' : 'Some spans') : `${missing} of ${sent + missing} spans${done ? '' : ' or more'}`;
  return `${what} did not reach the collector at ${where}: ${why.replace(/\.$/, '')}.`;
}
