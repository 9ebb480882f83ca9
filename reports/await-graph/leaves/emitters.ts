/** Listeners, as Node keeps them: by event in `_events`, or in the map of an event target. */
import { EdgeType } from '../heap/tables.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';

/**
 * The event, when the way from the first node leads over its listeners. Who waits for an event often
 * listens for errors as well: then it is the other one that is waited for.
 * @param seen Whether a node leads to the same resolver.
 */
export function listenedEvent(heap: HeapGraph, way: readonly number[], seen: (node: number) => boolean): string | undefined {
  const [emitter, events, listener] = way;
  if (emitter === undefined || events === undefined || listener === undefined) return undefined;
  const edge = heap.edgeBetween(emitter, events);
  const name = edge === -1 ? '' : heap.edgeName(edge);
  if (name === '_events') {
    const event = heap.edgeBetween(events, listener);
    if (event === -1 || heap.edgeType(event) !== EdgeType.property) return undefined;
    const found = heap.edgeName(event);
    return found === 'error' ? (otherEvent(heap, events, seen) ?? found) : found;
  }
  if (name !== '<symbol kEvents>' && name !== '<symbol nodejs.internal.kEvents>') return undefined;
  return keyInTable(heap, listener, way[3]) ?? 'an event';
}

function otherEvent(heap: HeapGraph, events: number, seen: (node: number) => boolean): string | undefined {
  for (let edge = heap.begin(events); edge < heap.end(events); edge++) {
    const name = heap.edgeName(edge);
    if (heap.edgeType(edge) === EdgeType.property && name !== 'error' && name !== '__proto__' && leadsTo(heap, heap.target(edge), seen, 3)) return name;
  }
  return undefined;
}

/** A listener, or what it is wrapped in, shares its variables with the resolver. */
function leadsTo(heap: HeapGraph, node: number, seen: (node: number) => boolean, far: number): boolean {
  if (seen(node)) return true;
  if (far === 0) return false;
  for (const name of ['context', 'listener', 'bound_function', 'bound_this', 'bound_target_function', 'elements', 'listeners']) {
    const next = heap.follow(node, name);
    if (next !== -1 && leadsTo(heap, next, seen, far - 1)) return true;
  }
  return false;
}

/** The key before a value in the table of a Map. */
function keyInTable(heap: HeapGraph, table: number, value: number | undefined): string | undefined {
  let before = '';
  for (let edge = heap.begin(table); edge < heap.end(table); edge++) {
    if (heap.target(edge) === value) return before === '' ? undefined : before;
    before = heap.nameOf(heap.target(edge));
  }
  return undefined;
}
