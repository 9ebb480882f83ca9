/**
 * Which nodes of a heap matter to a dump: what V8, Node and native code hold by themselves, functions, and
 * whatever leads to one of these. Most of a large heap is data, from which nothing can be reached that runs, waits or
 * is waited for; of that, {@link PrototypeSets} tells what its prototypes are.
 */
import { EdgeType, LABEL_BITS, LABEL_MASK, NodeType } from '../../../reports/index.ts';
import { SHORT_LIST, isNamed } from './edge-list.ts';
import type { EdgeList } from './edge-list.ts';
import { NameUse } from './names.ts';
import type { Names } from './names.ts';
import { isText } from './node-list.ts';
import type { NodeList } from './node-list.ts';

export const TYPE = 0x0f;
/** It matters, and so does what leads to it. */
const KEPT = 0x10;
/** It is asked for where something that matters holds it. */
const ASKED = 0x20;
/** It is V8's or Node's own. */
const SPECIAL = 0x40;
const PROMISE = 0x80;

/** Marks the nodes above the bits of their types. */
export function markKept(nodes: NodeList, edges: EdgeList, names: Names): void {
  const marks = nodes.types;
  nodes.each((node, name) => {
    const type = marks[node] ?? 0;
    const use = names.of(name);
    const special = type !== NodeType.code && !isText(type) && (use & NameUse.special) !== 0;
    if (special || type === NodeType.closure || type === NodeType.synthetic) marks[node] = type | KEPT | (special ? SPECIAL : 0);
    else if (type === NodeType.object && (use & NameUse.promise) !== 0) marks[node] = type | PROMISE;
  });
  edges.settle((from, numbers, at, end) => {
    const mark = marks[from] ?? 0;
    if ((mark & KEPT) !== 0 || (mark & TYPE) === NodeType.code) return false;
    for (let edge = at; edge < end; edge += 2) {
      if (((marks[numbers[edge + 1] ?? 0] ?? 0) & KEPT) === 0 || isPrototype(numbers[edge] ?? 0, names)) continue;
      marks[from] = mark | KEPT;
      return true;
    }
    return false;
  });
  markAsked(marks, edges, names);
}

export function isKept(mark: number | undefined): boolean {
  return ((mark ?? 0) & (KEPT | ASKED)) !== 0;
}

/** Whether a label is that of an edge from an object to its prototype. */
export function isPrototype(label: number, names: Names): boolean {
  return (label & LABEL_MASK) === names.prototype && isNamed(label >>> LABEL_BITS);
}

function usesOf(label: number, names: Names): number {
  return isNamed(label >>> LABEL_BITS) ? names.of(label & LABEL_MASK) : 0;
}

/** Small values, parts of functions, and what V8's own objects hold. */
function markAsked(marks: Uint8Array, edges: EdgeList, names: Names): void {
  edges.settle((from, numbers, at, end) => {
    const mark = marks[from] ?? 0;
    if (!isKept(mark)) return false;
    const all = end - at <= 2 * SHORT_LIST && (mark & TYPE) === NodeType.array;
    let changed = false;
    for (let edge = at; edge < end; edge += 2) {
      const to = numbers[edge + 1] ?? 0;
      const target = marks[to] ?? 0;
      if (isKept(target) || !isAsked(mark, numbers[edge] ?? 0, target, names, all)) continue;
      marks[to] = target | ASKED;
      changed = true;
    }
    return changed;
  });
}

function isAsked(from: number, label: number, target: number, names: Names, all: boolean): boolean {
  const type = target & TYPE;
  if ((usesOf(label, names) & NameUse.asked) !== 0) return true;
  if (isText(type)) return all || (from & TYPE) === NodeType.code;
  if (type !== NodeType.object) return false;
  if ((from & SPECIAL) !== 0 && (from & TYPE) === NodeType.hidden) return true;
  // The promise that an async function has given away.
  return (target & PROMISE) !== 0 && (from & TYPE) === NodeType.object && label >>> LABEL_BITS === EdgeType.hidden;
}
