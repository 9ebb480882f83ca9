/** Leaves of the await graph in words: a timer of 30 s, a TCP server, `Lock#q`. */
import type { Functions } from '../heap/functions.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import { NodeType } from '../heap/tables.ts';
import type { Leaf, LeafKind, TimerFacts } from '../model.ts';
import type { Entry } from '../reach/entries.ts';
import type { Holder } from './holders.ts';
import { numberOf, symbolFlagOf, textOf } from './values.ts';

const WORDS: Readonly<Record<LeafKind, string>> = {
  timer: 'timer',
  immediate: 'immediate',
  socket: 'socket',
  server: 'server',
  pipe: 'pipe',
  terminal: 'terminal',
  'datagram-socket': 'UDP socket',
  'child-process': 'child process',
  'file-request': 'file request',
  'file-watcher': 'file watcher',
  'dns-request': 'DNS request',
  request: 'request',
  worker: 'worker',
  'message-port': 'message port',
  signal: 'signal',
  handle: 'handle',
  event: 'event',
  queue: 'queue',
  object: 'object',
  variable: 'variable',
  running: 'running code',
  hook: 'listener of the process',
};

export class Leaves {
  readonly #heap: HeapGraph;
  readonly #functions: Functions;

  constructor(heap: HeapGraph, functions: Functions) {
    this.#heap = heap;
    this.#functions = functions;
  }

  ofEntry({ node, kind, native, plumbing }: Entry): Leaf {
    const heap = this.#heap;
    const id = heap.idOf(node);
    if (kind === 'timer' || kind === 'immediate') return this.#timer(node, kind);
    const owner = this.#ownerOf(node);
    const detail = this.#detailOf(node, owner);
    const name = heap.nameOf(owner);
    const label = kind === 'hook' && native === undefined ? this.#hookWords(node) : `${WORDS[kind]}${kind === 'request' || kind === 'handle' ? ` ${native ?? name}` : ''}`;
    return {
      id,
      kind,
      label,
      class: native ?? name,
      ...(detail === undefined ? {} : { detail }),
      ...(plumbing ? { internal: true } : {}),
      ...(owner === node ? {} : { owner: { id: heap.idOf(owner), class: name } }),
    };
  }

  #hookWords(node: number): string {
    const name = this.#heap.nameOf(node);
    if (name === 'FinalizationRegistry') return 'finalization registry';
    return this.#heap.typeOf(node) === NodeType.closure ? `callback ${name} of native code` : WORDS.hook;
  }

  #timer(node: number, kind: 'timer' | 'immediate'): Leaf {
    const heap = this.#heap;
    const callback = heap.follow(node, kind === 'timer' ? '_onTimeout' : '_onImmediate');
    const timer = kind === 'timer' ? this.#timerFacts(node) : undefined;
    const ref = symbolFlagOf(heap, node, 'refed');
    return {
      id: heap.idOf(node),
      kind,
      label: timer === undefined ? WORDS[kind] : timer.repeats ? 'interval' : 'timer',
      class: heap.nameOf(node),
      ...(callback === -1 ? {} : { callback: this.#functions.nameOf(callback) }),
      ...(timer === undefined ? {} : { timer }),
      ...(ref === undefined ? {} : { ref }),
    };
  }

  #timerFacts(node: number): TimerFacts | undefined {
    const delayMs = numberOf(this.#heap, node, '_idleTimeout');
    if (delayMs === undefined) return undefined;
    const setAtMs = numberOf(this.#heap, node, '_idleStart');
    const repeats = numberOf(this.#heap, node, '_repeat') !== undefined;
    return { delayMs, ...(setAtMs === undefined ? {} : { setAtMs }), repeats };
  }

  /** The object that the program knows a handle by: its Socket, Server, ChildProcess. */
  #ownerOf(node: number): number {
    for (const name of ['<symbol owner_symbol>', '<symbol owner>', 'handle']) {
      const owner = this.#heap.follow(node, name);
      if (owner !== -1 && this.#heap.typeOf(owner) === NodeType.object && !/Oddball|^undefined$|^null$/.test(this.#heap.nameOf(owner))) return owner;
    }
    return node;
  }

  #detailOf(node: number, owner: number): string | undefined {
    const heap = this.#heap;
    const file = textOf(heap, owner, 'spawnfile') ?? textOf(heap, owner, 'path') ?? textOf(heap, owner, '_pipeName');
    if (file !== undefined) return file;
    const key = textOf(heap, owner, '_connectionKey');
    // A server that asked for any free port has 0 here, which says nothing.
    const port = key === undefined ? undefined : /:([1-9]\d*)$/.exec(key)?.[1];
    if (port !== undefined) return `on port ${port}`;
    const host = textOf(heap, owner, '_host') ?? textOf(heap, owner, 'hostname') ?? textOf(heap, node, 'hostname');
    return host;
  }

  ofHolder(holder: Holder, waiting: number): Leaf {
    const heap = this.#heap;
    const { node } = holder;
    // All variables of a module are in one context: what each holds tells them apart.
    const base = { id: heap.idOf(holder.kind === 'variable' ? holder.value : node), class: heap.nameOf(node) };
    switch (holder.kind) {
      case 'event': {
        const name = holder.event.replace(/^<symbol (.*)>$/, '$1');
        return { ...base, kind: 'event', label: `event "${name}" of ${heap.nameOf(node) || 'an emitter'}`, event: { name } };
      }
      case 'queue':
        return { ...base, kind: 'queue', label: queueName(heap.nameOf(node), holder.path), queue: { owner: heap.nameOf(node), ownerId: heap.idOf(node), path: holder.path, waiting } };
      case 'variable':
        return { ...base, kind: /[[.]/.test(holder.path) ? 'queue' : 'variable', label: `variable ${general(holder.path)}`, ...(/[[.]/.test(holder.path) ? { queue: { owner: '', path: holder.path, waiting } } : {}) };
      default:
        return { ...base, kind: 'object', label: queueName(heap.nameOf(node), 'path' in holder ? holder.path : '') };
    }
  }
}

function queueName(owner: string, path: string): string {
  return `${owner}${path === '' ? '' : `#${general(path).replace(/^#/, '')}`}`;
}

/** `q[0].resolve` and `q[17].resolve` are places in one queue. */
export function general(path: string): string {
  return path.replace(/(?:\[(?:\d+|…)\])+.*$/, '').replace(/(?:\.(?:next|prev))+.*$/, '');
}
