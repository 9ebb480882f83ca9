/** How long a group waits for what it has cancelled. */
import { callAt } from './timer.ts';

export class Patience {
  readonly #ms: number;
  readonly #error: (ms: number) => Error;
  #giveUp: (() => void) | undefined;
  #isOver = false;

  /** @param error - what the group rejects with when it has waited for so long */
  constructor(ms: number, error: (ms: number) => Error) {
    this.#ms = ms;
    this.#error = error;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** From the cancellation on. Returns what stops the clock. */
  begin(): () => void {
    return callAt(performance.now() + this.#ms, () => {
      this.#isOver = true;
      this.#giveUp?.();
    });
  }

  /** The promise, or the end of the patience. */
  within<Value>(promise: Value | PromiseLike<Value>): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      this.#giveUp = () => { reject(this.#error(this.#ms)); };
      Promise.resolve(promise).then(resolve, reject);
    });
  }
}
