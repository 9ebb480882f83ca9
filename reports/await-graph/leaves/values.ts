/** Small values that a snapshot with numeric values holds: numbers, flags and texts of an object's properties. */
import type { HeapGraph } from '../heap/heap-graph.ts';
import { NodeType } from '../heap/tables.ts';

/** `undefined` when it is no number, or when the heap was too large for numbers to be kept. */
export function numberOf(heap: HeapGraph, node: number, property: string): number | undefined {
  const held = heap.follow(node, property);
  if (held === -1 || heap.typeOf(held) !== NodeType.number) return undefined;
  const text = heap.follow(held, 'value');
  const value = Number(heap.nameOf(text === -1 ? held : text));
  return Number.isFinite(value) ? value : undefined;
}

export function textOf(heap: HeapGraph, node: number, property: string): string | undefined {
  const held = heap.follow(node, property);
  if (held === -1 || heap.typeOf(held) !== NodeType.string) return undefined;
  const text = heap.nameOf(held);
  // V8 does not join texts that were put together at run time.
  return text === '(concatenated string)' || text === '(sliced string)' || text === '' ? undefined : text;
}

/** Newer lines of V8 name `true` and `false`; older ones call both an oddball, which the roots tell apart. */
export function flagOf(heap: HeapGraph, node: number, property: string): boolean | undefined {
  const held = heap.follow(node, property);
  if (held === -1) return undefined;
  const name = heap.nameOf(held);
  if (name === 'true' || held === rootNamed(heap, 'true_value')) return true;
  return name === 'false' || held === rootNamed(heap, 'false_value') ? false : undefined;
}

function rootNamed(heap: HeapGraph, name: string): number {
  for (let node = 0; node < heap.nodeCount; node++) {
    if (heap.typeOf(node) !== NodeType.synthetic || !heap.nameOf(node).startsWith('(')) continue;
    const found = heap.follow(node, name);
    if (found !== -1) return found;
  }
  return -1;
}

/** `<symbol refed>` of a timer. */
export function symbolFlagOf(heap: HeapGraph, node: number, symbol: string): boolean | undefined {
  return flagOf(heap, node, `<symbol ${symbol}>`);
}
