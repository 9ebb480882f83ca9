/** Says when nothing has progressed for a while: no records, no processes, hardly any computing. */
import { computedMs, listTree } from './processor-time.ts';
import { RecordWatch } from './traced-programs.ts';

/** A timer that comes round and finds nothing to do computes about a thousandth of its time. */
const IDLE_SHARE = 0.02;

export class Stillness {
  readonly #pid: number;
  readonly #records: RecordWatch;
  #sinceMs = performance.now();
  #computedMs = 0;
  #tree = '';

  /** @param pid - the command that runs @param directory - the session's */
  constructor(pid: number, directory: string) {
    this.#pid = pid;
    this.#records = new RecordWatch(directory);
  }

  /** For how long nothing has progressed. To be called every now and then. */
  measure(): number {
    const now = performance.now();
    const tree = listTree(this.#pid);
    const names = tree.join();
    const computed = computedMs(tree);
    const recorded = this.#records.sawProgress();
    const computes = computed - this.#computedMs > Math.max(20, (now - this.#sinceMs) * IDLE_SHARE);
    if (recorded || computes || names !== this.#tree) {
      this.#sinceMs = now;
      this.#computedMs = computed;
      this.#tree = names;
    }
    return now - this.#sinceMs;
  }
}
