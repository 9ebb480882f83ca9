/**
 * A dump: what one program waits for, as its heap shows it. Pure data that survives JSON.
 *
 * Made from a heap snapshot (`HeapProfiler.takeHeapSnapshot` with `exposeInternals` and
 * `captureNumericValue`). What only the running program knows, the line a function is suspended at
 * and what a tracker saw, is filled in afterwards by whoever holds the inspector: the fields marked
 * "filled in later". Everything is keyed by heap object ids, which `HeapProfiler.getObjectByHeapObjectId`
 * takes as a string.
 */
import type { Place } from '../sources.ts';

/** Raised when a field changes its meaning or goes away. */
export const DUMP_VERSION = 1;

/** Id of an object in the heap of one program. Unique within a dump. */
export type ObjectId = number;

export interface Dump {
  readonly schemaVersion: typeof DUMP_VERSION;
  /** Filled in later, except what a snapshot tells. */
  program: DumpProgram;
  /** How large the heap was, and what reading it cost. Absent for a dump made without a snapshot. */
  readonly heap?: HeapFacts;
  /** Every suspended async function, async generator and module that waits. */
  readonly tasks: readonly WaitingTask[];
  /** Every pending promise that a task waits for, or that lies between a task and what it waits for. */
  readonly promises: readonly PendingPromise[];
  /** What promises finally wait for: timers, sockets, emitters, queues of resolvers. */
  readonly leaves: readonly Leaf[];
  /** Handles, timers and requests that keep the program alive, or would if they were ref'd. */
  readonly handles: readonly Leaf[];
  /** Worst first: proved deadlocks, what nothing can settle, what only something named can settle. */
  readonly verdicts: readonly Verdict[];
  /** Tasks that were collected as garbage while they waited, the latest of them. Absent: none is known. Filled in later, for traced programs. */
  vanished?: readonly VanishedTask[];
  /** Where the trees begin: tasks that no other task waits for, and one task of each cycle. Worst first. */
  readonly roots: readonly ObjectId[];
  /** What limits the answer, as sentences. */
  caveats: readonly string[];
}

/** Who was dumped. */
export interface DumpProgram {
  readonly pid?: number;
  /** 0 for the main thread. */
  readonly thread?: number;
  readonly command?: readonly string[];
  /** `v22.23.3`. */
  readonly node?: string;
  /** How long the program has run. */
  readonly upMs?: number;
  /** ISO 8601. */
  readonly takenAt?: string;
  /** How long the program stood still for the dump. */
  readonly pausedMs?: number;
  /** It ran under scope-trace. */
  readonly traced?: boolean;
  /**
   * Its event loop does not turn, and nothing else is known: it runs code, or a debugger holds it.
   * `stack`: innermost first.
   */
  readonly heldUp?: { readonly kind: 'busy' | 'paused'; readonly stack: readonly HeldFrame[] };
}

/** A frame of code that runs, or is held by a debugger. */
export interface HeldFrame extends Place {
  /** Of the innermost frames; values only when asked for. */
  readonly variables?: readonly { readonly name: string; readonly value?: string }[];
}

export interface HeapFacts {
  readonly nodes: number;
  readonly edges: number;
  /** Sum of the objects' own sizes. */
  readonly bytes: number;
  /** Text of the snapshot, read as a stream. */
  readonly snapshotBytes: number;
  readonly readMs: number;
  /** What working out the waits and proving took. */
  readonly provedMs?: number;
  /** Largest memory that the reader held for the heap. */
  readonly readerBytes: number;
}

/** A function as the heap names it. */
export interface FunctionName {
  /** Empty for anonymous ones. */
  readonly name: string;
  /** Name or URL of its script. Absent for built-in and native code. */
  readonly script?: string;
  /** Its closure, whose `[[FunctionLocation]]` the inspector knows. */
  readonly id?: ObjectId;
  /** Where its parameters begin in the script as it runs: before source maps. */
  readonly position?: ScriptPosition;
  /** Where it is defined, after source maps. Filled in later. */
  place?: Place;
}

/** A place in a script as it runs. */
export interface ScriptPosition {
  /** V8's number of the script, which is the inspector's too. */
  readonly scriptId: number;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** One suspended async function, async generator, or module in evaluation. */
export interface WaitingTask {
  /** The generator object, whose `[[GeneratorLocation]]` is the suspended line. */
  readonly id: ObjectId;
  readonly kind: 'async-function' | 'async-generator' | 'module';
  /** Empty for anonymous ones. Of a module, its URL. */
  readonly name: string;
  /** Script of its function: `file:///…`, a path, or `node:…`. */
  readonly script?: string;
  /** Where its function begins. */
  readonly position?: ScriptPosition;
  /** Node's own code: collapsed in the tree. */
  readonly internal: boolean;
  /** The awaited promise, in `promises`. */
  readonly awaits: ObjectId;
  /** The promise that its end settles. Absent for generators, which settle one for each step. */
  readonly result?: ObjectId;
  /** It waits in `for await` or `yield*` for the generator with this id. */
  readonly iterates?: ObjectId;
  /** How many further tasks of the same function, waiting for the same kind of thing, this one stands for. */
  readonly others?: number;
  /**
   * The line it is suspended at. Filled in later: V8 looks through the whole heap for each, so that in large
   * heaps only those of the first tasks are asked for; verdicts name them in the order of their worth.
   */
  place?: Place;
  /** Its callers as far as the tracker knows them. Filled in later, for traced programs. */
  tracked?: TrackedTask;
  /** Local variables of the suspended frame, when asked for: name and short text. Filled in later. */
  locals?: readonly { readonly name: string; readonly value: string }[];
}

/** A task that nothing could ever have let go on: the garbage collector has taken it. */
export interface VanishedTask {
  /** Its calls, the innermost first. */
  readonly stack: readonly VanishedCall[];
  readonly tracked: TrackedTask;
}

export interface VanishedCall {
  /** Empty for anonymous functions. */
  readonly name: string;
  /** Where its code begins. Absent: not seen. */
  readonly begins?: Place;
  /** Where it was suspended. Absent: not seen. */
  readonly place?: Place;
}

/** What a tracker knew of a waiting task. */
export interface TrackedTask {
  /** Number of the task in the recording. */
  readonly task: number;
  /** Number of its own call in the recording. Absent: it was not announced. */
  readonly call?: number;
  readonly label: string;
  /** Since when it waits, before the dump. */
  readonly waitsMs?: number;
  /** How long before the dump it was called. */
  readonly startedAgoMs?: number;
  /** Where it was started. */
  readonly started?: Place;
  /** Names of the scopes it is in, innermost first. */
  readonly scopes?: readonly string[];
  /** Titles of the test of a test runner that it belongs to, if that has not ended. */
  readonly test?: string;
}

/** A pending promise, and what has to happen for it to be settled. */
export interface PendingPromise {
  readonly id: ObjectId;
  readonly settledBy: Settler;
}

export type Settler =
  /** The end of an async function in `tasks`. */
  | { readonly kind: 'task'; readonly task: ObjectId }
  /** The next step of an async generator: one in `tasks`, or one that has stopped at a `yield`. */
  | { readonly kind: 'step'; readonly task: ObjectId }
  /** `.then`, `.catch` or `.finally` on another pending promise; `handler` then runs first. */
  | { readonly kind: 'then'; readonly source: ObjectId; readonly method: 'then' | 'catch' | 'finally'; readonly handler?: FunctionName }
  /** It was resolved with another promise and follows it. */
  | { readonly kind: 'follows'; readonly source: ObjectId }
  | Combinator
  /** Resolving functions: made by `new Promise`, `Promise.withResolvers` or a library. */
  | { readonly kind: 'resolvers'; readonly heldBy: readonly ObjectId[] }
  /** Native code holds it. */
  | { readonly kind: 'native'; readonly what: string; readonly heldBy: readonly ObjectId[] }
  /** No resolving function and no native code: nothing can settle it. */
  | { readonly kind: 'nothing' }
  /**
   * The heap was not read, so that what settles it is not known. `leads`: promises whose tasks are known to settle it, or
   * some of its members; there may be others. `what`: what else is known of it, in words.
   */
  | { readonly kind: 'unread'; readonly leads: readonly ObjectId[]; readonly what?: string };

export interface Combinator {
  readonly kind: 'combinator';
  readonly name: 'all' | 'allSettled' | 'any' | 'race';
  /** The members that are pending, in `promises`. Many are cut to the first hundred. */
  readonly members: readonly ObjectId[];
  readonly pending: number;
}

/**
 * What a promise finally waits for, or what keeps the program alive.
 * `holds` says how the resolver is reached from it: `callback › context resolve`.
 */
export interface Leaf {
  /** The object in the heap. */
  readonly id: ObjectId;
  readonly kind: LeafKind;
  /** For people: `timer`, `TCP server on port 8080`, `Lock#q, 2 waiting`. */
  readonly label: string;
  /** Class of the object. */
  readonly class: string;
  /** The object that the program knows it by: the Socket of a TCP handle. */
  readonly owner?: { readonly id: ObjectId; readonly class: string };
  /** What it calls: of a timer its callback, of an emitter the listener. */
  readonly callback?: FunctionName;
  readonly timer?: TimerFacts;
  readonly event?: { readonly name: string };
  readonly queue?: QueueFacts;
  /** Address, path, port, command: what names the thing for its user. Filled in later where absent. */
  detail?: string;
  /** Keeps the program alive. Absent: unknown. */
  ref?: boolean;
  /** Where it was made. Filled in later, for traced programs. */
  created?: Place;
  /** Node's or the tracker's own: collapsed. */
  readonly internal?: boolean;
}

export type LeafKind =
  | 'timer'
  | 'immediate'
  | 'socket'
  | 'server'
  | 'pipe'
  | 'terminal'
  | 'datagram-socket'
  | 'child-process'
  | 'file-request'
  | 'file-watcher'
  | 'dns-request'
  /** Any other operation in native code: hashing, compression, a C++ addon. */
  | 'request'
  | 'worker'
  | 'message-port'
  | 'signal'
  /** Any other handle of the event loop. */
  | 'handle'
  /** A listener on an emitter or event target, for an event that has not come. */
  | 'event'
  /** A list, set or linked list that holds resolvers: a lock's, a pool's, a semaphore's. */
  | 'queue'
  /** Any other object or variable that holds a resolver. */
  | 'object'
  /** A variable of a function or a module. */
  | 'variable'
  /** Code that runs right now, or is about to: the stack, microtasks. */
  | 'running'
  /** A listener of `process`, a `FinalizationRegistry`, and the like: code that may run at some time. */
  | 'hook';

export interface TimerFacts {
  /** Length of the timer. */
  readonly delayMs: number;
  /** When it was set, in the event loop's time. */
  readonly setAtMs?: number;
  readonly repeats: boolean;
  /** Time until it runs; negative when it is late. Filled in later. */
  dueInMs?: number;
}

export interface QueueFacts {
  /** Class of the object that holds the queue, `Lock`; empty when there is none. */
  readonly owner: string;
  readonly ownerId?: ObjectId;
  /** How the owner reaches the resolver: `q[0]`, `waiters.head.next`. */
  readonly path: string;
  /** How many tasks wait in this queue. */
  readonly waiting: number;
}

/**
 * What can be said of promises that tasks wait for.
 * `deadlock`: whoever could settle them waits for them, directly or over others.
 * `never`: nothing in the whole heap can settle them.
 * `only`: only the code named in `by` could, and it is not known whether it will.
 */
export interface Verdict {
  readonly kind: 'deadlock' | 'never' | 'only';
  /** `true`: proved; no code that may still run reaches a resolver. */
  readonly certain: boolean;
  /** The tasks that wait in vain; of a cycle in its order. At most 50. */
  readonly tasks: readonly ObjectId[];
  /** How many tasks wait in vain for the same. */
  readonly waiting: number;
  /** The promises that they wait for. */
  readonly promises: readonly ObjectId[];
  /** What holds the resolver, in `leaves`. Absent: nothing that has a name. */
  readonly leaf?: ObjectId;
  /** Of a cycle: `tasks[n]` waits for something that only `tasks[n + 1]` could do, over this leaf. */
  readonly cycle?: readonly CycleStep[];
  /** Further tasks that wait for these, and so wait in vain as well. */
  readonly dependents: number;
  /** Code that could still settle it: leaves or handles. Empty when certain. */
  readonly by: readonly Reach[];
}

export interface CycleStep {
  readonly task: ObjectId;
  /** What it waits for. */
  readonly promise: ObjectId;
  /** The queue or object that holds the resolver. */
  readonly leaf?: ObjectId;
  /** The task that could settle it, had it not to wait itself. */
  readonly next: ObjectId;
}

/** A way from something that may run code to a resolver. */
export interface Reach {
  /** In `leaves` or `handles`. */
  readonly from: ObjectId;
  /** Names of the edges, for people. */
  readonly path: readonly string[];
}
