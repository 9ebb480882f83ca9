/** The end of the program: what is still pending is written down, and the recording is closed. */
import { url } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { announce } from './announce.ts';
import { hearNoMore, moveInspector, onInspectorOpened, settleQuestion } from './asked.ts';
import { closeChannel, emit, emitLastWords } from './channel.ts';
import { atMs } from './clock.ts';
import { countLost, emitCounts } from './counts.ts';
import { fail, guarded, hasFailed, reportFailure } from './failure.ts';
import { emitFollowed } from './following.ts';
import { writeAllLeft } from './listeners-left.ts';
import { writeLast } from './handles/index.ts';
import type { Undo } from './instruments/instrument.ts';
import { replaceMethod } from './instruments/patch.ts';
import { writeGenerators } from './generators-left.ts';
import { ageAll, type Elder, setOnVanished, takePending } from './nursery.ts';
import { ENDED, idOf, INTERNAL, type PromiseNode, SUSPENDED } from './promise-node.ts';
import { main, setNow } from './running.ts';
import { noteInterrupt } from './interrupt.ts';
import { announceSite } from './sites.ts';
import { writeTopLevelAwait } from './top-level-await.ts';
import { forgetUnfinished, listUnfinished } from './unfinished.ts';
import { look } from './upkeep.ts';

const MOST_PENDING = 5000;
/** A collection of a larger heap would be felt at the end. */
const LARGEST_HEAP_BYTES = 512 * 1024 * 1024;

type Emit = (this: NodeJS.Process, event: string | symbol, ...args: unknown[]) => boolean;

let drained = false;
let ended = false;

/**
 * Sees `beforeExit` and `exit` without a listener that the program could count: `emit` is shadowed
 * on an object between `process` and `EventEmitter.prototype`. Runs after the program's listeners.
 */
export function watchEnd(takeOut: () => void): void {
  setOnVanished(writeVanished);
  const prototype = Object.getPrototypeOf(process) as { emit: Emit };
  const original = prototype.emit;
  const shadow: Emit = function emit(this: NodeJS.Process, event, ...args) {
    if (event === 'SIGINT' && this === process) noteInterrupt();
    if (event !== 'exit' && event !== 'beforeExit') {
      return hears(event, args[0]) || Reflect.apply(original, this, [event, ...args]);
    }
    if (event === 'beforeExit') drain();
    else if (ended) return Reflect.apply(original, this, [event, ...args]);
    const isEnd = event === 'exit' && this === process;
    const undo = isEnd ? beforeLeaving(takeOut) : undefined;
    try {
      return Reflect.apply(original, this, [event, ...args]);
    } finally {
      undo?.();
      if (isEnd) finish(takeOut, args[0]);
    }
  };
  /** Whether the event is the answer to a question of ours. */
  const hears = (event: string | symbol, what: unknown): boolean => {
    if (event === 'newListener' && what === 'SIGUSR1') hearNoMore();
    if (event !== 'internalMessage' || (what as { cmd?: unknown } | undefined)?.cmd !== 'NODE_DEBUG_ENABLED') return false;
    if (onInspectorOpened(shadow)) return true;
    const before = url();
    moveInspector();
    return before !== url();
  };
  Object.defineProperty(prototype, 'emit', { value: shadow, writable: true, configurable: true, enumerable: false });
}

/** A listener of `exit` that calls `process.exit` itself does not come back: Node leaves by `process.reallyExit`. */
function beforeLeaving(takeOut: () => void): Undo {
  return replaceMethod(process, 'reallyExit', (original) => ({
    reallyExit(this: unknown, ...given: unknown[]): unknown {
      finish(takeOut, given[0]);
      return Reflect.apply(original, this, given);
    },
  }).reallyExit);
}

function drain(): void {
  drained = true;
  ageAll();
}

function finish(takeOut: () => void, code: unknown): void {
  if (ended) return;
  ended = true;
  hearNoMore();
  try {
    settleQuestion();
    if (hasFailed()) {
      reportFailure();
      return;
    }
    setNow(atMs());
    look();
    takeOut();
    writeAllLeft();
    writeLast(drained, (call) => (call.bits & ENDED) === 0 && (call.bits & SUSPENDED) !== 0);
    writeGenerators(drained);
    writeTopLevelAwait(drained, process.exitCode ?? code);
    writePending(takePending());
    emitLastWords(() => {
      emitCounts();
      emitFollowed();
      emitEnd(process.exitCode ?? code);
    });
    closeChannel();
  } catch (error) {
    fail(error);
  }
}

function emitEnd(exitCode: unknown): void {
  emit({
    kind: 'program-ended',
    how: drained ? 'drained' : 'exit-called',
    ...(typeof exitCode === 'number' ? { exitCode } : {}),
    atMs: atMs(),
  });
}

function writePending(elders: readonly Elder[]): void {
  const vanishable = elders.filter(({ node }) => (node.bits & INTERNAL) === 0);
  if (vanishable.length > 0) collectGarbage();
  let left = MOST_PENDING;
  for (const { node, promise } of vanishable) {
    if (promise.deref() === undefined) {
      writeVanished(node);
    } else if (left-- > 0) {
      announce(node);
      writeStanding(node);
    } else {
      countLost();
    }
  }
  for (const node of listUnfinished()) if (node !== main && left-- > 0) writeStanding(node);
}

let vanishedLeft = MOST_PENDING;

const writeVanished = guarded((node: PromiseNode): void => {
  if ((node.bits & INTERNAL) !== 0) return;
  if (vanishedLeft-- <= 0) {
    countLost();
    return;
  }
  emit({ kind: 'call-vanished', call: announce(node), atMs: atMs() });
  writeStanding(node);
});

function writeStanding(node: PromiseNode): void {
  forgetUnfinished(node);
  const site = node.details?.at ?? null;
  const at = site === null ? {} : { at: announceSite(site) };
  emit({ kind: 'call-pending', call: idOf(node), ...at, atMs: atMs() });
}

/** What nothing holds any more is gone after this; what is left can still be resumed by something. */
function collectGarbage(): void {
  if (process.memoryUsage().heapUsed > LARGEST_HEAP_BYTES) return;
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
}

