/** What V8's and Node's own objects are, by the names that a snapshot gives them. */
import type { Functions } from '../heap/functions.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';

export type NodeKind =
  | 'ordinary'
  | 'reaction'
  | 'capability'
  | 'generator-request'
  | 'context'
  | 'native-context'
  | 'module-record'
  | 'microtask'
  /** Node's lists of modules, from which all code of the program can be reached. */
  | 'loader'
  | 'commonjs-module'
  | 'timers-list'
  | 'native-wrapper';

const EXACT: ReadonlyMap<string, NodeKind> = new Map<string, NodeKind>([
  ['system / PromiseReaction', 'reaction'],
  ['system / PromiseCapability', 'capability'],
  ['system / AsyncGeneratorRequest', 'generator-request'],
  ['system / Context', 'context'],
  ['system / SourceTextModule', 'module-record'],
  ['system / SyntheticModule', 'module-record'],
  ['system / PromiseFulfillReactionJobTask', 'microtask'],
  ['system / PromiseRejectReactionJobTask', 'microtask'],
  ['system / PromiseResolveThenableJobTask', 'microtask'],
  ['system / CallableTask', 'microtask'],
  ['system / CallbackTask', 'microtask'],
  ['ModuleWrap', 'loader'],
  ['ModuleJob', 'loader'],
  ['ModuleJobSync', 'loader'],
  ['ModuleMap', 'loader'],
  ['LoadMap', 'loader'],
  ['LoadCache', 'loader'],
  ['ResolveCache', 'loader'],
  ['ModuleLoader', 'loader'],
  ['Module', 'commonjs-module'],
  ['TimersList', 'timers-list'],
]);

/** Known by the name of their class alone. */
const NODES_CLASSES: ReadonlySet<NodeKind> = new Set<NodeKind>(['loader', 'commonjs-module', 'timers-list']);

export class NodeKinds {
  readonly #heap: HeapGraph;
  readonly #functions: Functions;
  readonly #byName = new Map<number, NodeKind>();

  constructor(heap: HeapGraph, functions: Functions) {
    this.#heap = heap;
    this.#functions = functions;
  }

  of(node: number): NodeKind {
    const id = this.#heap.tables.nodeName[node] ?? 0;
    let kind = this.#byName.get(id);
    if (kind === undefined) this.#byName.set(id, (kind = kindOfName(this.#heap.tables.strings.get(id))));
    return NODES_CLASSES.has(kind) && !this.#isNodes(node) ? 'ordinary' : kind;
  }

  /** Programs have classes of their own with such names: `Module`, `ModuleLoader`. */
  #isNodes(node: number): boolean {
    const made = this.#heap.follow(this.#heap.follow(node, '__proto__'), 'constructor');
    return made !== -1 && this.#functions.of(made).internal;
  }
}

function kindOfName(name: string): NodeKind {
  const exact = EXACT.get(name);
  if (exact !== undefined) return exact;
  if (name.startsWith('system / NativeContext')) return 'native-context';
  // Newer lines of V8 add the context's name: `system / Context / …`.
  if (name.startsWith('system / Context /')) return 'context';
  if (name.startsWith('Node / ')) return 'native-wrapper';
  return 'ordinary';
}

/** What WebAssembly keeps, by the names of its nodes. */
export const WASM = /^system \/ Wasm|^WebAssembly\./;

/** Whether a node of this name is one of the program's own, so that only what it leads to can matter. */
export function isPlainNode(name: string): boolean {
  return kindOfName(name) === 'ordinary' && !WASM.test(name);
}
