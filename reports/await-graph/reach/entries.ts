/**
 * Where code can still begin to run in a program that waits: timers, handles and requests of the event
 * loop, the stack, microtasks, listeners of `process`. A variable alone runs nothing.
 */
import type { HeapGraph } from '../heap/heap-graph.ts';
import type { Functions } from '../heap/functions.ts';
import { EdgeType, NodeType } from '../heap/tables.ts';
import type { NodeKinds } from '../extract/node-kinds.ts';
import type { LeafKind } from '../model.ts';

export interface Entry {
  readonly node: number;
  readonly kind: LeafKind;
  /** Class of the native object behind a handle or request: `TCPServerWrap`. */
  readonly native?: string;
  /** Node's own plumbing, which calls the program only over what the program has handed to it. */
  readonly plumbing: boolean;
}

const ROOTS = /^\((?:Global handles|Traced handles|Eternal handles|Handle scope|Stack roots|Micro tasks)\)$|^C\+\+ .*roots$/;
const RUNNING = /^\((?:Handle scope|Stack roots|Micro tasks)\)$/;

export function findEntries(heap: HeapGraph, kinds: NodeKinds, functions: Functions): Entry[] {
  const found = new Map<number, Entry>();
  const add = (entry: Entry): void => {
    // What is held strongly counts for more.
    if (found.get(entry.node)?.plumbing !== false) found.set(entry.node, entry);
  };
  const onTimeout = heap.find('_onTimeout');
  const onImmediate = heap.find('_onImmediate');
  for (let node = 0; node < heap.nodeCount; node++) {
    const type = heap.typeOf(node);
    if (type === NodeType.synthetic) addHeld(heap, kinds, functions, node, add);
    else if (kinds.of(node) === 'microtask') add({ node, kind: 'running', plumbing: false });
    else if (type === NodeType.object) {
      for (let edge = heap.begin(node); edge < heap.end(node); edge++) {
        if (heap.isEdge(edge, onTimeout) && isCallback(heap, edge) && isLinked(heap, node)) add({ node, kind: 'timer', plumbing: false });
        else if (heap.isEdge(edge, onImmediate) && isCallback(heap, edge)) add({ node, kind: 'immediate', plumbing: false });
      }
      const wrapper = heap.follow(node, 'javascript_to_native');
      // Native code that holds its object weakly may still call it: TLS, HTTP/2, compression.
      if (wrapper !== -1) add({ ...describeWrapper(node, nativeName(heap, wrapper)), plumbing: true });
      if (heap.nameOf(node) === 'FinalizationRegistry') add({ node, kind: 'hook', plumbing: true });
    }
  }
  return [...found.values()];
}

/** What native code holds. */
function addHeld(heap: HeapGraph, kinds: NodeKinds, functions: Functions, root: number, add: (entry: Entry) => void): void {
  const name = heap.nameOf(root);
  if (!ROOTS.test(name)) return;
  for (let edge = heap.begin(root); edge < heap.end(root); edge++) {
    const node = heap.target(edge);
    const type = heap.typeOf(node);
    if (heap.edgeType(edge) === EdgeType.weak || (type !== NodeType.object && !isCallback(heap, edge))) continue;
    if (kinds.of(node) === 'native-context' || heap.nameOf(node).startsWith('global')) continue;
    const wrapper = heap.follow(node, 'javascript_to_native');
    if (wrapper !== -1) add(describeWrapper(node, nativeName(heap, wrapper)));
    else if (heap.nameOf(node) === 'process') addListeners(heap, node, add);
    else if (RUNNING.test(name)) add({ node, kind: 'running', plumbing: false });
    else add({ node, kind: 'hook', plumbing: type !== NodeType.closure || functions.of(node).internal });
  }
}

/** Wrappers that never call into the program. */
const SILENT = /BindingData|ModuleWrap|ConnectionsList|Http2State|State$|^ContextifyScript|^CompiledFn|^js_|^Aliased|^Blob$|MessageChannel|KeyObject|Hash$|^Cipher|^Hmac|SecureContext/;

const NATIVE_KINDS: readonly (readonly [RegExp, LeafKind])[] = [
  [/^TCPSocketWrap|^TLSWrap|^JSStreamSocket|Http2(Session|Stream)|^QUIC|^HTTP/i, 'socket'],
  [/^TCPServerWrap|^PipeServerWrap/, 'server'],
  [/^PipeWrap/, 'pipe'],
  [/^TTYWrap/, 'terminal'],
  [/^UDP/, 'datagram-socket'],
  [/^ProcessWrap/, 'child-process'],
  [/^FSReq|^FileHandle/, 'file-request'],
  [/^FSEvent|^StatWatcher/, 'file-watcher'],
  [/^GetAddrInfo|^GetNameInfo|^Query|^ChannelWrap/, 'dns-request'],
  [/^Worker$/, 'worker'],
  [/^MessagePort/, 'message-port'],
  [/^Signal/, 'signal'],
  [/Req|Request|Job$|Wrap$|^Zlib|^Brotli|^Zstd|^Compress/, 'request'],
];

function describeWrapper(node: number, native: string): Entry {
  const kind = NATIVE_KINDS.find(([pattern]) => pattern.test(native))?.[1] ?? 'handle';
  return { node, kind, native, plumbing: SILENT.test(native) || native === 'ChannelWrap' };
}

function nativeName(heap: HeapGraph, wrapper: number): string {
  return heap.nameOf(wrapper).replace(/^Node \/ /, '');
}

function addListeners(heap: HeapGraph, process: number, add: (entry: Entry) => void): void {
  const events = heap.follow(process, '_events');
  if (events !== -1) add({ node: events, kind: 'hook', plumbing: true });
}

/** A function, or a proxy around one. */
function isCallback(heap: HeapGraph, edge: number): boolean {
  const callback = heap.target(edge);
  return heap.typeOf(callback) === NodeType.closure || heap.nameOf(callback) === 'system / JSProxy';
}

/** A timer that is not set has no neighbours. */
function isLinked(heap: HeapGraph, timer: number): boolean {
  const next = heap.follow(timer, '_idleNext');
  return next !== -1 && heap.typeOf(next) === NodeType.object;
}
