/** The worker threads of a program, through the connection to its main thread. */
import type { NodeWorker } from 'node:inspector';
import { Session } from './session.ts';

/** The conversation with a worker. */
export class WorkerSession extends Session {
  readonly #main: Session;
  readonly #sessionId: string;
  /** Node's own number of the thread. Absent on lines that do not tell. */
  readonly thread: number | undefined;
  readonly title: string;
  readonly url: string;
  readonly #stop: (() => void)[];

  constructor(main: Session, { sessionId, workerInfo }: NodeWorker.AttachedToWorkerEventDataType) {
    super(0);
    this.#main = main;
    this.#sessionId = sessionId;
    const number = Number(workerInfo.workerId);
    this.thread = Number.isInteger(number) ? number : undefined;
    this.title = workerInfo.title;
    this.url = workerInfo.url;
    this.#stop = [
      main.on('NodeWorker.receivedMessageFromWorker', (event) => {
        if (event.sessionId === sessionId) this.receive(event.message);
      }),
      main.on('NodeWorker.detachedFromWorker', (event) => {
        if (event.sessionId === sessionId) this.#leave();
      }),
    ];
  }

  protected write(message: string): void {
    this.#main.send('NodeWorker.sendMessageToWorker', { sessionId: this.#sessionId, message }).catch(() => this.#leave());
  }

  #leave(): void {
    for (const stop of this.#stop) stop();
    this.end('the worker has ended');
  }
}

const ANSWER_WITHIN_MS = 2000;

/** Every worker that runs now. Empty also where they cannot be reached. */
export async function openWorkers(main: Session): Promise<WorkerSession[]> {
  const workers: WorkerSession[] = [];
  const stop = main.on('NodeWorker.attachedToWorker', (event) => workers.push(new WorkerSession(main, event)));
  try {
    await main.send('NodeWorker.enable', { waitForDebuggerOnStart: false }, ANSWER_WITHIN_MS);
  } catch {
    return [];
  } finally {
    stop();
  }
  return workers;
}
