/** Spans on their way: bounded, in batches, one batch at a time. What does not fit or does not arrive is counted. */
import type { SpanData } from '../../reports/index.ts';

/** Resolves to why the batch did not arrive. Undefined: it did. Never rejects. */
export type SendBatch = (spans: readonly SpanData[]) => Promise<string | undefined>;

export interface QueueLimits {
  readonly most: number;
  readonly batch: number;
}

/** As OpenTelemetry's own queue has it, four times as long: a start brings many at once. */
export const QUEUE_LIMITS: QueueLimits = { most: 8192, batch: 512 };

export class SpanQueue {
  sent = 0;
  lost = 0;
  /** Why a batch was lost last. */
  trouble: string | undefined;
  #waiting: SpanData[] = [];
  #sending: Promise<void> | undefined;
  #underWay = 0;
  readonly #send: SendBatch;
  readonly #limits: QueueLimits;

  constructor(send: SendBatch, limits: QueueLimits = QUEUE_LIMITS) {
    this.#send = send;
    this.#limits = limits;
  }

  /** How many have neither arrived nor been lost. */
  get pending(): number {
    return this.#waiting.length + this.#underWay;
  }

  add(spans: readonly SpanData[]): void {
    for (const span of spans) {
      if (this.#waiting.length < this.#limits.most) this.#waiting.push(span);
      else this.lost++;
    }
    if (this.#waiting.length >= this.#limits.batch) void this.flush();
  }

  /** Resolves when everything that waits now was tried. */
  async flush(): Promise<void> {
    this.#sending ??= this.#sendAll();
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#limits.batch);
      this.#underWay = batch.length;
      const trouble = await this.#send(batch).catch((error: unknown) => String(error));
      this.#underWay = 0;
      if (trouble === undefined) this.sent += batch.length;
      else {
        this.lost += batch.length;
        this.trouble = trouble;
      }
    }
    this.#sending = undefined;
  }
}
