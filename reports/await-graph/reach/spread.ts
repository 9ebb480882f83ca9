/**
 * What code that may still run can reach, and which promises it could therefore settle.
 *
 * It begins at everything that may run ({@link findEntries}) and follows what code can follow: objects
 * over their properties, functions over the variables that they mention, promises over their reactions
 * once something could settle them, suspended functions once what they await could be settled. A
 * promise that is not reached cannot be settled by anything. Where it is not known what code would
 * do, it is taken to do all that it could, so that only what is certain is left over.
 *
 * It goes in two steps. First what an entry holds for itself: a timer its callback, a socket its
 * listeners. Then what it merely shares with everybody: variables of modules, globals, classes.
 */
import type { Functions } from '../heap/functions.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import { EdgeType, NodeType } from '../heap/tables.ts';
import { isGenerator } from '../extract/settlers.ts';
import { WASM } from '../extract/node-kinds.ts';
import type { NodeKinds } from '../extract/node-kinds.ts';
import type { Waits } from '../extract/waits.ts';
import type { Entry } from './entries.ts';
import { readMentions } from './mentions.ts';
import { NodeQueue } from './node-queue.ts';
import type { Mentions } from './mentions.ts';
import { SettledPromises } from './settled-promises.ts';

/** The text of a function by the node of its closure; `undefined` when it cannot be had. */
export type TextOf = (closure: number) => Promise<string | undefined>;

/** What a suspended function, by its generator, has still to do. */
export type RestOf = (generator: number) => Promise<Rest | undefined>;

export interface Rest {
  readonly text: string;
  /** Whether a function of its script begins in what it has done. */
  readonly isBehind: (closure: number) => boolean;
}

const NOBODY = -1;
/** What is noted of a node. */
const SEEN = 1;
/** It comes in the second step. */
const LATER = 2;
const SCOPE_WALKED = 4;
const RESUMED = 8;
/** Neighbours in a list of timers. */
const NEIGHBOURS = ['_idleNext', '_idlePrev'] as const;
/** V8's own business. Properties of these names are the program's. */
const ASIDE = ['map', 'feedback_cell', 'shared', 'code', 'javascript_to_native'] as const;
const SHARED = ['__proto__', 'constructor', 'prototype'] as const;
/** Objects that inherit from each other, from a global object on. */
const MOST_INHERITED = 10;
/** What a snapshot writes before the name of an accessor. */
const ACCESSOR = /^(?:get|set) /;
/** Slots of contexts that no text mentions by name. */
const UNNAMED = /^(?:this|arguments|\.)|[^\p{ID_Continue}$#]/u;

export class Spread {
  /** The pending promises that something could settle. */
  readonly settled = new SettledPromises();
  readonly #heap: HeapGraph;
  readonly #kinds: NodeKinds;
  readonly #functions: Functions;
  readonly #waits: Waits;
  readonly #textOf: TextOf | undefined;
  readonly #marks: Uint8Array<ArrayBuffer>;
  /** One more than the node before; 0 for none, so that pages never written to cost nothing. Absent: ways are not asked for. */
  readonly #parent: Uint32Array | undefined;
  readonly #queue: NodeQueue;
  /** Node and the one before it, in turn. */
  readonly #later: number[] = [];
  /** By shared function. `undefined` as a value: it may touch whatever is in its scope. */
  readonly #mentions: Map<number, Mentions | undefined>;
  readonly #parked: { closure: number; context: number; from: number }[] = [];
  readonly #neighbours: ReadonlySet<number>;
  readonly #aside: ReadonlySet<number>;
  readonly #sharedNames: ReadonlySet<number>;
  readonly #globals: ReadonlyMap<string, ReadonlySet<number>>;
  readonly #globalNodes = new Set<number>();
  /** For the marks of those that come after it. */
  #spare: Uint8Array<ArrayBuffer> | undefined;
  /** What the functions that go on by themselves have still to do, as far as that is known. */
  readonly #rests = new Map<number, { readonly mentions: Mentions | undefined; readonly isBehind: Rest['isBehind'] }>();
  /** What is settled makes nothing go on. */
  #frozen = false;
  #modulesOpen = false;
  #wasmOpen = false;
  #globalsOpen = false;
  #step: 'own' | 'shared' = 'own';

  constructor(heap: HeapGraph, kinds: NodeKinds, functions: Functions, waits: Waits, textOf?: TextOf, earlier?: Spread) {
    this.#heap = heap;
    this.#kinds = kinds;
    this.#functions = functions;
    this.#waits = waits;
    this.#textOf = textOf;
    this.#mentions = earlier === undefined ? new Map<number, Mentions | undefined>() : earlier.#mentions;
    // What runs after an earlier one has ended takes over its memory.
    this.#queue = earlier === undefined ? new NodeQueue(heap.nodeCount + 1) : earlier.#queue;
    this.#marks = earlier === undefined ? new Uint8Array(heap.nodeCount) : earlier.#lend();
    if (earlier === undefined) this.#parent = new Uint32Array(heap.nodeCount);
    this.#neighbours = new Set(NEIGHBOURS.map((name) => heap.find(name)));
    this.#aside = new Set(ASIDE.map((name) => heap.find(name)));
    this.#sharedNames = new Set(SHARED.map((name) => heap.find(name)));
    this.#globals = this.#readGlobals();
  }

  /** Marks for one that comes after it. */
  #lend(): Uint8Array<ArrayBuffer> {
    this.#spare ??= new Uint8Array(this.#heap.nodeCount);
    return this.#spare.fill(0);
  }

  /** @param native Promises that native code holds by itself. */
  async run(entries: readonly Entry[], native: Iterable<number>): Promise<void> {
    for (const promise of native) this.#settle(promise, NOBODY);
    for (const entry of entries) if (!entry.plumbing) this.#visit(entry.node, NOBODY);
    await this.#drain();
    this.#step = 'shared';
    for (const entry of entries) if (entry.plumbing) this.#visit(entry.node, NOBODY);
    this.#visitLater();
    await this.#drain();
  }

  /** What these suspended functions could settle if they went on, by themselves: nothing else goes on with them. */
  async runTasks(generators: readonly number[], restOf: RestOf): Promise<void> {
    this.#frozen = true;
    for (const generator of generators) {
      const rest = await restOf(generator);
      if (rest !== undefined) this.#rests.set(generator, { mentions: readMentions(rest.text), isBehind: rest.isBehind });
    }
    for (const generator of generators) this.#resume(generator, NOBODY);
    await this.#drain();
    this.#step = 'shared';
    this.#visitLater();
    await this.#drain();
  }

  #visitLater(): void {
    for (let at = 0; at < this.#later.length; at += 2) this.#visit(this.#later[at] ?? 0, this.#later[at + 1] ?? NOBODY);
    this.#later.length = 0;
  }

  /** The names in a function's text, as far as it was read. Undefined: it may touch whatever is in its scope. */
  namesIn(closure: number): ReadonlySet<string> | undefined {
    return this.#mentions.get(this.#heap.follow(closure, 'shared'))?.names;
  }

  /** From the entry to the node, as nodes. */
  pathTo(node: number): number[] {
    const path: number[] = [];
    for (let at = node; at !== NOBODY && path.length < 1000; at = (this.#parent?.[at] ?? 0) - 1) path.push(at);
    return path.reverse();
  }

  async #drain(): Promise<void> {
    for (;;) {
      for (let node = this.#queue.shift(); node !== -1; node = this.#queue.shift()) this.#expand(node);
      const parked = this.#parked.splice(0);
      if (parked.length === 0) return;
      await this.#readTexts(parked.map(({ closure }) => closure));
      for (const { closure, context, from } of parked) this.#walkScope(closure, context, from);
    }
  }

  async #readTexts(closures: readonly number[]): Promise<void> {
    const asked = new Map<number, number>();
    for (const closure of closures) {
      const shared = this.#heap.follow(closure, 'shared');
      if (!this.#mentions.has(shared)) asked.set(shared, closure);
    }
    const read = async ([shared, closure]: [number, number]): Promise<void> => {
      this.#mentions.set(shared, readMentions(await this.#textOf?.(closure)));
    };
    await Promise.all([...asked].map(read));
  }

  #visit(node: number, from: number): void {
    if (!this.#mark(node, SEEN)) return;
    if (this.#parent !== undefined) this.#parent[node] = from + 1;
    this.#queue.push(node);
  }

  /** Whether it was not marked so before. */
  #mark(node: number, mark: number): boolean {
    const marks = this.#marks[node] ?? 0;
    this.#marks[node] = marks | mark;
    return (marks & mark) === 0;
  }

  #has(node: number, mark: number): boolean {
    return ((this.#marks[node] ?? 0) & mark) !== 0;
  }

  /** What everybody shares comes after what an entry holds for itself. */
  #visitShared(node: number, from: number): void {
    if (this.#has(node, SEEN)) return;
    if (this.#step === 'shared') this.#visit(node, from);
    else if (this.#mark(node, LATER)) this.#later.push(node, from);
  }

  #expand(node: number): void {
    if (this.#heap.typeOf(node) === NodeType.closure) {
      this.#expandClosure(node);
      return;
    }
    switch (this.#kinds.of(node)) {
      case 'native-context':
      case 'loader':
      case 'timers-list':
      case 'reaction':
      case 'native-wrapper':
        return;
      case 'commonjs-module':
        if (!this.#modulesOpen) return;
        break;
      case 'capability':
      case 'generator-request':
      case 'microtask':
        this.#settleHeld(node);
        break;
      case 'context':
        this.#expandBuiltinContext(node);
        return;
      case 'module-record':
        this.#expandModule(node);
        return;
      default:
    }
    if (this.#globalNodes.has(node)) return;
    if (this.#waits.awaits.has(node)) return;
    if (isGenerator(this.#heap, node)) this.#resume(node, node);
    else this.#expandObject(node);
  }

  #expandObject(node: number): void {
    const heap = this.#heap;
    // What is held weakly and still there, code can get at: by a WeakRef, or in a weak table.
    const weakToo = heap.typeOf(node) === NodeType.array || heap.typeOf(node) === NodeType.object;
    const wraps = heap.follow(node, 'javascript_to_native') !== -1;
    for (let edge = heap.begin(node); edge < heap.end(node); edge++) {
      if (heap.edgeType(edge) === EdgeType.weak && !weakToo) continue;
      const target = heap.target(edge);
      if (heap.typeOf(target) === NodeType.code || this.#kinds.of(target) === 'reaction') continue;
      if (this.#isAside(edge)) continue;
      // The object stands for something in native code, which settles the promise that it keeps there.
      if (wraps && this.#waits.has(target)) this.#settle(target, node);
      if (this.#isNamed(edge, this.#sharedNames)) this.#visitShared(target, node);
      else this.#visit(target, node);
    }
  }

  #isAside(edge: number): boolean {
    return this.#isNamed(edge, this.#heap.edgeType(edge) === EdgeType.property ? this.#neighbours : this.#aside);
  }

  #isNamed(edge: number, names: ReadonlySet<number>): boolean {
    const type = this.#heap.edgeType(edge);
    if (type === EdgeType.element || type === EdgeType.hidden) return false;
    return names.has(this.#heap.edgeIndex(edge));
  }

  #expandClosure(closure: number): void {
    const heap = this.#heap;
    const { script, builtin, internal } = this.#functions.of(closure);
    this.#expandObjectOfFunction(closure);
    const context = heap.follow(closure, 'context');
    if (script?.startsWith('wasm:') === true || this.#isWasm(closure)) this.#openWasm(closure);
    else if (script === undefined) {
      if (builtin?.startsWith('CallAsyncModule') === true) this.#finishModules(closure);
      if (context !== -1 && this.#kinds.of(context) === 'context') this.#visit(context, closure);
    } else {
      this.#enterScope(closure, context, closure, internal);
    }
  }

  /** Its own properties and, of a bound one, what it is bound to; not its scope. */
  #expandObjectOfFunction(closure: number): void {
    const heap = this.#heap;
    const scope = heap.find('context');
    for (let edge = heap.begin(closure); edge < heap.end(closure); edge++) {
      if (heap.edgeType(edge) === EdgeType.weak || (heap.edgeType(edge) !== EdgeType.property && heap.isEdge(edge, scope)) || this.#isAside(edge)) continue;
      if (heap.typeOf(heap.target(edge)) === NodeType.code) continue;
      if (this.#isNamed(edge, this.#sharedNames)) this.#visitShared(heap.target(edge), closure);
      else this.#visit(heap.target(edge), closure);
    }
  }

  /** The text of the program's functions is looked at; Node's own may touch all of their scope. */
  #enterScope(closure: number, context: number, from: number, internal: boolean): void {
    if (!internal && this.#textOf !== undefined && !this.#mentions.has(this.#heap.follow(closure, 'shared'))) {
      this.#parked.push({ closure, context, from });
    } else {
      this.#walkScope(closure, context, from);
    }
  }

  #walkScope(closure: number, context: number, from: number, mentions = this.#mentionsOf(closure)): void {
    const { internal } = this.#functions.of(closure);
    const own = this.#functions.isOwn(closure);
    for (let at = context; at !== -1 && this.#kinds.of(at) === 'context'; at = this.#heap.follow(at, 'previous')) {
      // The tracker calls what it stands before, as its wrappers keep it, and nothing that its tables know of.
      if (own && this.#isOutermost(at)) break;
      if (mentions === undefined && !this.#mark(at, SCOPE_WALKED)) break;
      this.#walkContext(at, mentions, from);
    }
    if (!internal) this.#touchGlobals(mentions, from);
  }

  #mentionsOf(closure: number): Mentions | undefined {
    return this.#functions.of(closure).internal ? undefined : this.#mentions.get(this.#heap.follow(closure, 'shared'));
  }

  #walkContext(context: number, mentions: Mentions | undefined, from: number): void {
    const heap = this.#heap;
    const previous = heap.follow(context, 'previous');
    const top = this.#isOutermost(context);
    for (let edge = heap.begin(context); edge < heap.end(context); edge++) {
      const target = heap.target(edge);
      if (target === previous || this.#kinds.of(target) === 'native-context' || heap.typeOf(target) === NodeType.code) continue;
      if (mentions !== undefined && this.#kinds.of(target) === 'module-record' && !this.#mentionsModule(context, mentions)) continue;
      const name = heap.edgeName(edge);
      const slot = heap.edgeType(edge) === EdgeType.context;
      if (slot && mentions !== undefined && !mentions.names.has(name) && !UNNAMED.test(name)) continue;
      if (top) this.#visitShared(target, from);
      else if (slot || this.#kinds.of(target) !== 'context') this.#visit(target, from);
    }
  }

  /** That of a module or a script. */
  #isOutermost(context: number): boolean {
    const previous = this.#heap.follow(context, 'previous');
    return previous === -1 || this.#kinds.of(previous) !== 'context';
  }

  /** Imports and exports have no slots; the names of both are listed beside those of the slots. */
  #mentionsModule(context: number, { names }: Mentions): boolean {
    const heap = this.#heap;
    const slots = new Set<string>();
    for (let edge = heap.begin(context); edge < heap.end(context); edge++) {
      if (heap.edgeType(edge) === EdgeType.context) slots.add(heap.edgeName(edge));
    }
    const listed = heap.follow(context, 'scope_info');
    if (listed === -1) return true;
    for (let edge = heap.begin(listed); edge < heap.end(listed); edge++) {
      const name = heap.target(edge);
      if (heap.typeOf(name) === NodeType.string && names.has(heap.nameOf(name)) && !slots.has(heap.nameOf(name))) return true;
    }
    return false;
  }

  /** Contexts of built-in functions: those of promises, combinators and awaits. */
  #expandBuiltinContext(context: number): void {
    const heap = this.#heap;
    for (let edge = heap.begin(context); edge < heap.end(context); edge++) {
      const target = heap.target(edge);
      if (heap.edgeType(edge) === EdgeType.hidden && this.#waits.has(target)) this.#settle(target, context);
      if (this.#kinds.of(target) === 'context') {
        if (heap.edgeType(edge) === EdgeType.context) this.#visit(target, context);
      } else if (this.#waits.awaits.has(target)) continue;
      else this.#visit(target, context);
    }
  }

  /** The cells of what a module imports and exports. */
  #expandModule(record: number): void {
    const heap = this.#heap;
    for (let edge = heap.begin(record); edge < heap.end(record); edge++) {
      const target = heap.target(edge);
      if (heap.typeOf(target) !== NodeType.array && !heap.nameOf(target).startsWith('system / Cell')) continue;
      for (let cell = heap.begin(target); cell < heap.end(target); cell++) {
        if (this.#kinds.of(heap.target(cell)) !== 'module-record') this.#visitShared(heap.target(cell), record);
      }
    }
  }

  /** A module that was evaluated lets those that import it go on: whichever they are. */
  #finishModules(from: number): void {
    const heap = this.#heap;
    for (let node = 0; node < heap.nodeCount; node++) {
      if (this.#kinds.of(node) !== 'module-record') continue;
      for (let edge = heap.begin(node); edge < heap.end(node); edge++) {
        const target = heap.target(edge);
        if (this.#waits.has(target)) this.#settle(target, from);
        if (isGenerator(heap, target) && !this.#waits.awaits.has(target)) this.#resume(target, from);
      }
    }
  }

  #settleHeld(node: number): void {
    for (let edge = this.#heap.begin(node); edge < this.#heap.end(node); edge++) {
      if (this.#waits.has(this.#heap.target(edge))) this.#settle(this.#heap.target(edge), node);
    }
  }

  /** What happens when a promise is settled: its handlers run, and what awaits it goes on. */
  #settle(promise: number, from: number): void {
    if (this.settled.has(promise)) return;
    this.settled.set(promise, this.#step, from);
    this.#arrive(promise, from);
    this.#expandObject(promise);
    if (this.#frozen) return;
    for (const { node, handlers, derived, generator } of this.#waits.reactionsOf(promise)) {
      if (generator !== -1) this.#resume(generator, promise);
      for (const handler of handlers) this.#visit(handler, promise);
      if (derived !== -1) this.#settleDerived(derived, promise);
      this.#expandObject(node);
    }
  }

  #settleDerived(derived: number, from: number): void {
    if (this.#kinds.of(derived) === 'capability') this.#visit(derived, from);
    else if (this.#waits.has(derived)) this.#settle(derived, from);
  }

  /** Seen now, and looked at by the caller. */
  #arrive(node: number, from: number): void {
    if (this.#mark(node, SEEN) && this.#parent !== undefined) this.#parent[node] = from + 1;
  }

  /** A suspended function goes on: with its variables, to its end. */
  #resume(generator: number, from: number): void {
    if (!this.#mark(generator, RESUMED)) return;
    const heap = this.#heap;
    this.#arrive(generator, from);
    const closure = heap.follow(generator, 'function');
    const registers = heap.follow(generator, 'parameters_and_registers');
    const rest = this.#rests.get(generator);
    for (let edge = heap.begin(generator); edge < heap.end(generator); edge++) {
      const target = heap.target(edge);
      if (this.#waits.has(target)) this.#settle(target, generator);
      if (target === registers || this.#kinds.of(target) === 'context' || this.#isAside(edge)) continue;
      // It is not called again from its begin.
      if (rest !== undefined && target === closure) continue;
      if (this.#isNamed(edge, this.#sharedNames)) this.#visitShared(target, generator);
      else if (heap.edgeType(edge) !== EdgeType.weak) this.#visit(target, generator);
    }
    if (registers !== -1) this.#readRegisters(registers, generator);
    // Node's loader goes on: it may evaluate code that is not in the heap yet.
    if (closure !== -1 && this.#functions.of(closure).script?.startsWith('node:internal/modules/') === true) this.#openAll(generator);
    if (closure === -1) return;
    const context = heap.follow(generator, 'context');
    if (rest === undefined) this.#enterScope(closure, context, generator, this.#functions.of(closure).internal);
    else this.#walkScope(closure, context, generator, rest.mentions);
  }

  /** The contexts among the registers are those of the scopes around, which are walked by name. */
  #readRegisters(registers: number, generator: number): void {
    const rest = this.#rests.get(generator);
    for (let edge = this.#heap.begin(registers); edge < this.#heap.end(registers); edge++) {
      const target = this.#heap.target(edge);
      // A function without a name that it has handed to others is left in a register, and used no more.
      if (rest?.isBehind(target) === true) continue;
      if (this.#kinds.of(target) !== 'context') this.#visit(target, generator);
    }
  }

  /** Of every context: `vm` makes more of them. */
  #readGlobals(): Map<string, Set<number>> {
    const heap = this.#heap;
    const found = new Map<string, Set<number>>();
    for (let node = 0; node < heap.nodeCount; node++) {
      if (this.#kinds.of(node) !== 'native-context') continue;
      for (const name of ['global_object', 'global_proxy_object', 'extension']) {
        const global = heap.follow(node, name);
        if (global === -1) continue;
        this.#globalNodes.add(global);
        this.#readProperties(global, found);
      }
      // What code in a context of `vm` sees as its globals are the properties of the object that it was made of.
      const data = heap.follow(node, 'embedder_data');
      if (data !== -1) for (let edge = heap.begin(data); edge < heap.end(data); edge++) this.#readProperties(heap.target(edge), found);
      this.#readScripts(heap.follow(node, 'script_context_table'), found);
    }
    return found;
  }

  /** Its own and those that it inherits. */
  #readProperties(object: number, found: Map<string, Set<number>>): void {
    const heap = this.#heap;
    const inherits = heap.find('__proto__');
    for (let at = object, far = 0; at !== -1 && heap.typeOf(at) === NodeType.object && far < MOST_INHERITED; far++) {
      let next = -1;
      for (let edge = heap.begin(at); edge < heap.end(at); edge++) {
        if (heap.edgeType(edge) !== EdgeType.property) continue;
        if (heap.isEdge(edge, inherits)) next = heap.target(edge);
        else add(found, heap.edgeName(edge).replace(ACCESSOR, ''), heap.target(edge));
      }
      at = next;
    }
  }

  /** `let` and `const` of scripts, which all code sees. */
  #readScripts(table: number, found: Map<string, Set<number>>): void {
    const heap = this.#heap;
    if (table === -1) return;
    for (let at = heap.begin(table); at < heap.end(table); at++) {
      const context = heap.target(at);
      if (this.#kinds.of(context) !== 'context') continue;
      for (let edge = heap.begin(context); edge < heap.end(context); edge++) {
        if (heap.edgeType(edge) === EdgeType.context) add(found, heap.edgeName(edge), heap.target(edge));
      }
    }
  }

  /** The program's code runs: the globals that it mentions, and modules that it may load, can be reached. */
  #touchGlobals(mentions: Mentions | undefined, from: number): void {
    if (mentions === undefined || mentions.globals || mentions.modules) this.#openAll(from);
    else for (const name of mentions.names) for (const node of this.#globals.get(name) ?? []) this.#visitShared(node, from);
  }

  /** Code that is loaded or made only then may touch any global, and any module that is loaded. */
  #openAll(from: number): void {
    this.#openModules(from);
    if (this.#globalsOpen) return;
    this.#globalsOpen = true;
    for (const nodes of this.#globals.values()) for (const node of nodes) this.#visitShared(node, from);
  }

  /** Older lines of V8 give an exported function no script. */
  #isWasm(closure: number): boolean {
    const heap = this.#heap;
    const shared = heap.follow(closure, 'shared');
    for (let edge = heap.begin(shared); shared !== -1 && edge < heap.end(shared); edge++) if (WASM.test(heap.nameOf(heap.target(edge)))) return true;
    return false;
  }

  /** What WebAssembly imports lies in tables of V8's own. */
  #openWasm(from: number): void {
    if (this.#wasmOpen) return;
    this.#wasmOpen = true;
    const heap = this.#heap;
    for (let node = 0; node < heap.nodeCount; node++) {
      if (!WASM.test(heap.nameOf(node))) continue;
      for (let edge = heap.begin(node); edge < heap.end(node); edge++) {
        if (heap.edgeType(edge) !== EdgeType.weak && heap.typeOf(heap.target(edge)) !== NodeType.code) this.#visitShared(heap.target(edge), from);
      }
    }
  }

  #openModules(from: number): void {
    if (this.#modulesOpen) return;
    this.#modulesOpen = true;
    for (let node = 0; node < this.#heap.nodeCount; node++) {
      const kind = this.#kinds.of(node);
      if (kind === 'commonjs-module') {
        this.#marks[node] = (this.#marks[node] ?? 0) & ~SEEN;
        this.#visitShared(node, from);
      } else if (kind === 'module-record') {
        this.#visitShared(node, from);
      }
    }
  }
}

function add(map: Map<string, Set<number>>, name: string, node: number): void {
  const nodes = map.get(name);
  if (nodes === undefined) map.set(name, new Set([node]));
  else nodes.add(node);
}
