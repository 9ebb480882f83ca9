/** Which of a snapshot's strings are names that decide what is kept. */
import { isPlainNode } from '../../../reports/index.ts';
import { Bits } from './bits.ts';
import { decode } from './string-texts.ts';

/** Bits. */
export const NameUse = {
  /** Of edges to small values, and to parts of functions, that are asked for by name. */
  asked: 1,
  /** Of nodes that are V8's or Node's own. */
  special: 2,
  promise: 4,
} as const;

const ASKED: ReadonlySet<string> = new Set([
  '_idleTimeout', '_idleStart', '_repeat', '<symbol refed>', 'true_value', 'false_value', 'value',
  'spawnfile', 'path', '_pipeName', '_connectionKey', '_host', 'hostname', '<symbol owner_symbol>', '<symbol owner>', 'handle',
  'shared', 'code', 'script', 'script_or_debug_info', 'scope_info',
]);

export class Names {
  /** Number of `__proto__`; -1: the heap does not have it. */
  prototype = -1;
  readonly #wanted: Bits;
  readonly #used = new Bits();
  readonly #uses = new Map<number, number>();

  /** @param wanted Others are contents of texts. */
  constructor(wanted: Bits) {
    this.#wanted = wanted;
  }

  /** @param bytes In JSON, and only lent. */
  learn(id: number, bytes: Uint8Array): void {
    if (!this.#wanted.has(id)) return;
    const name = decode(bytes);
    if (name === '__proto__') this.prototype = id;
    const use = useOf(name);
    if (use === 0) return;
    this.#used.add(id);
    this.#uses.set(id, use);
  }

  /** {@link NameUse} */
  of(id: number): number {
    return this.#used.has(id) ? (this.#uses.get(id) ?? 0) : 0;
  }
}

function useOf(name: string): number {
  if (name === 'Promise') return NameUse.promise;
  return (ASKED.has(name) ? NameUse.asked : 0) | (isPlainNode(name) ? 0 : NameUse.special);
}
