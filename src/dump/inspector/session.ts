import type { EventName, Events, Method, Params, Result } from './protocol.ts';

/** The program did not answer in time, or the connection has gone. */
export class NoAnswer extends Error {
  constructor(method: string, why: string) {
    super(`${method}: ${why}`);
    this.name = 'NoAnswer';
  }
}

/** The program answered that it cannot. */
export class Refused extends Error {
  constructor(method: string, why: string) {
    super(`${method}: ${why}`);
    this.name = 'Refused';
  }
}

interface Question {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

type Listener = (params: never) => void;

const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 250;

/** A conversation with the inspector of one thread. How the text travels is the subclasses' own. */
export abstract class Session {
  /** So long may be heard nothing at all of a program that owes an answer: it may have come to stand in native code. */
  patienceMs = PATIENCE_MS;
  #lastId = 0;
  #heardMs = 0;
  #gone: string | undefined;
  readonly #questions = new Map<number, Question>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #nudges = 0;
  readonly #mostNudges: number;

  constructor(mostNudges: number) {
    this.#mostNudges = mostNudges;
  }

  protected abstract write(text: string): void;

  /**
   * @param deadlineMs - absent: as long as it takes, if anything is heard of the program meanwhile
   * @throws {NoAnswer | Refused}
   */
  async send<M extends Method>(method: M, params: Params<M>, deadlineMs?: number): Promise<Result<M>> {
    if (this.#gone !== undefined) throw new NoAnswer(method, this.#gone);
    const id = ++this.#lastId;
    this.#nudges = 0;
    let timer: NodeJS.Timeout | undefined;
    this.heard();
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#questions.set(id, { method, resolve, reject });
      if (deadlineMs !== undefined) {
        timer = setTimeout(() => {
          reject(new NoAnswer(method, `no answer within ${deadlineMs} ms`));
        }, deadlineMs);
      } else {
        timer = setInterval(() => {
          if (performance.now() - this.#heardMs > this.patienceMs) reject(new NoAnswer(method, `nothing was heard for ${Math.round(this.patienceMs / 1000)} s`));
        }, LOOK_EVERY_MS);
      }
    });
    try {
      this.write(JSON.stringify({ id, method, params }));
      return (await answer) as Result<M>;
    } finally {
      clearTimeout(timer);
      this.#questions.delete(id);
    }
  }

  /** @returns ends the listening */
  on<E extends EventName>(event: E, listener: (params: Events[E]) => void): () => void {
    const all = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, all.add(listener));
    return () => void all.delete(listener);
  }

  /**
   * The program holds a message back until we have acknowledged the one before it, which our system
   * does 40 ms later unless there is something to send. So there is, a few times for each question.
   */
  protected acknowledge(): void {
    if (this.#questions.size === 0 || this.#nudges === this.#mostNudges || this.#gone !== undefined) return;
    this.#nudges++;
    this.write('{"id":0,"method":"Runtime.releaseObjectGroup","params":{"objectGroup":"scope-trace-nothing"}}');
  }

  /** Something has come, or is held back by us. */
  protected heard(): void {
    this.#heardMs = performance.now();
  }

  protected receive(text: string): void {
    this.heard();
    const message = JSON.parse(text) as Message;
    if (message.id === undefined) {
      this.acknowledge();
      for (const listener of this.#listeners.get(message.method ?? '') ?? []) listener(message.params as never);
      return;
    }
    this.#answer(message);
    if (message.id === 0) this.acknowledge();
  }

  #answer({ id = 0, error, result }: Message): void {
    const question = this.#questions.get(id);
    if (error === undefined) question?.resolve(result);
    else question?.reject(new Refused(question.method, error.message));
  }

  /** Nothing more will come. */
  protected end(why: string): void {
    this.#gone = why;
    for (const { method, reject } of this.#questions.values()) reject(new NoAnswer(method, why));
    this.#questions.clear();
  }
}
