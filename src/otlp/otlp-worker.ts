/** The thread that reads recordings as they grow and sends spans. The recording itself is the buffer: nothing waits for us. */
import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { VERSION } from '../version.ts';
import { FollowedFolder } from '../view/feed/follow-folder.ts';
import { startJudge } from '../view/judge/start-judge.ts';
import { acceptLive } from '../accept-live.ts';
import type { FromOtlp, OtlpSettings, ToOtlp } from './messages.ts';
import { createSender } from './sender.ts';
import { SessionSpans } from './session-spans.ts';
import { QUEUE_LIMITS, SpanQueue } from './span-queue.ts';

const LOOK_EVERY_MS = 200;
/** A single span does not wait for company for longer. */
const FLUSH_EVERY_MS = 1000;
/** Of one batch, with all its attempts. */
const TIMEOUT_MS = 5000;

const settings = workerData as OtlpSettings;
const port = parentPort as MessagePort;
const folder = new FollowedFolder(settings.directory);
const session = new SessionSpans(settings);
const sender = createSender({
  target: settings.target,
  version: VERSION,
  timeoutMs: TIMEOUT_MS,
  resourceOf: (program) => session.resourceOf(program),
  measured: session.measured(() => queue.lost),
});
const queue = new SpanQueue(async (spans) => {
  const trouble = await sender.send(spans);
  setImmediate(tell, false);
  return trouble;
});
let end: ToOtlp | undefined;

/** Exporters try again for a while before they say so: a collector that is not there is known at once. */
function knock(): void {
  const { hostname, port: number, protocol } = new URL(settings.target.shown);
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: number === '' ? (protocol === 'https:' ? 443 : 80) : Number(number) });
  socket.once('connect', () => socket.destroy());
  socket.once('error', ({ message }) => {
    tell(false, message);
  });
  socket.unref();
}

function tell(done: boolean, trouble = queue.trouble): void {
  const { sent, lost, pending } = queue;
  port.postMessage({ sent, lost, pending, done, ...(trouble === undefined ? {} : { trouble }) } satisfies FromOtlp);
}

port.on('message', (message: ToOtlp) => {
  end = message;
});
startJudge({ directory: settings.directory, cwd: settings.cwd, rules: settings.rules, replay: false }, ({ findings }) => {
  if (end === undefined) queue.add(session.find(acceptLive(findings, settings)));
});

/** One block of each program. Returns whether there is more. */
function read(): boolean {
  return folder.read(({ program, records }) => {
    queue.add(session.add(program, records));
  });
}

/** While a collector takes what it gets, what it has no time for waits in the recording. */
function isBehind(): boolean {
  return queue.pending > QUEUE_LIMITS.most / 2 && queue.trouble === undefined;
}

async function follow(): Promise<ToOtlp> {
  let flushedMs = performance.now();
  for (;;) {
    folder.list();
    const more = !isBehind() && read();
    if (performance.now() - flushedMs >= FLUSH_EVERY_MS) {
      flushedMs = performance.now();
      void queue.flush();
    }
    if (end !== undefined) return end;
    await sleep(more ? 0 : LOOK_EVERY_MS / 2);
  }
}

async function finish({ findings }: ToOtlp): Promise<void> {
  folder.list();
  while (read()) if (isBehind()) await queue.flush();
  // Findings first: should time not be enough for all, they matter most.
  queue.add(session.find(findings));
  for (const spans of session.finish()) {
    for (let at = 0; at < spans.length; at += QUEUE_LIMITS.batch) {
      queue.add(spans.slice(at, at + QUEUE_LIMITS.batch));
      if (isBehind()) await queue.flush();
    }
  }
  await queue.flush();
  const trouble = await sender.end();
  tell(true, queue.trouble ?? trouble);
}

knock();
await finish(await follow());
port.close();
