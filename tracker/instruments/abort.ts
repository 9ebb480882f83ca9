/**
 * Signals: who makes them, who works under them, who aborts them.
 *
 * The abort itself is seen where a signal looks up `dispatchEvent` on itself to tell its listeners,
 * which every Node line does for each signal, whoever aborted it: a controller, a timeout, or a
 * source. So nothing of ours stands in the stack of the reason or of the listeners.
 *
 * https://dom.spec.whatwg.org/#interface-AbortSignal
 */
import { types } from 'node:util';
import { guarded } from '../failure.ts';
import { abortSignal, addListener, askSignal, createSignal, readAborted, removeListener } from '../signals.ts';
import { SignalStamp, type SignalState } from '../signal-state.ts';
import type { Instrument } from './instrument.ts';
import { type Method, noteAfter, noteBefore, observeGlobalClass, observeRead, replaceGetter, replaceMethod, undoAll } from './patch.ts';
import { isObject } from './values.ts';

const REASON_CHARACTERS = 200;

type Getter = (this: unknown) => unknown;

const signals = AbortSignal.prototype;
const getSignal = getterOf(AbortController.prototype, 'signal');
const getAborted = getterOf(signals, 'aborted');
const getReason = getterOf(signals, 'reason');
const getMessage = getterOf(DOMException.prototype, 'message');
/** Marks listeners that Node lets go with what they belong to. */
let weak: symbol | undefined;

export const abort: Instrument = {
  id: 'abort',
  install: () => {
    weak = findWeakMark();
    const targets = EventTarget.prototype;
    return undoAll([
      observeGlobalClass('AbortController', noteController),
      replaceMethod(AbortSignal, 'any', (original) => noteFollower(original)),
      replaceMethod(AbortSignal, 'timeout', (original) => noteAfter(original, (_, signal) => { noteTimeout(signal); })),
      replaceMethod(signals, 'throwIfAborted', (original) => noteBefore(original, noteAsked)),
      replaceGetter(signals, 'aborted', noteTrue),
      replaceMethod(targets, 'addEventListener', (original) => noteListener(original, noteAdded)),
      replaceMethod(targets, 'removeEventListener', (original) => noteListener(original, noteRemoved)),
      observeRead(targets, 'dispatchEvent', noteDispatch),
    ]);
  },
};

const noteController = guarded((controller: object): void => {
  const signal = Reflect.apply(getSignal, controller, []);
  if (isObject(signal)) createSignal(signal, 'controller');
});

const noteTimeout = guarded((signal: unknown): void => {
  if (isObject(signal)) createSignal(signal, 'timeout');
});

const noteAny = guarded((signal: unknown, sources: unknown): void => {
  if (isObject(signal)) createSignal(signal, 'any', statesOf(sources));
});

/** Of an array alone: anything else may only be walked once. */
function statesOf(sources: unknown): SignalState[] {
  if (!Array.isArray(sources) || types.isProxy(sources)) return [];
  return (sources as unknown[]).flatMap((source) => (isObject(source) ? (SignalStamp.read(source) ?? []) : []));
}

function noteFollower(original: Method): Method {
  return {
    method(this: unknown, ...given: unknown[]): unknown {
      const signal = Reflect.apply(original, this, given);
      noteAny(signal, given[0]);
      return signal;
    },
  }.method;
}

const noteAsked = guarded((signal: unknown): void => {
  if (isObject(signal)) askSignal(signal);
});

const noteRead = guarded((signal: unknown): void => {
  if (isObject(signal)) readAborted(signal);
});

function noteTrue(original: Getter): Getter {
  return {
    get(this: unknown): unknown {
      const aborted = Reflect.apply(original, this, []);
      if (aborted === true) noteRead(this);
      return aborted;
    },
  }.get;
}

type Note = (signal: unknown, listener: unknown, options: unknown) => void;

function noteListener(original: Method, note: Note): Method {
  return {
    method(this: unknown, ...given: unknown[]): unknown {
      const result = Reflect.apply(original, this, given);
      if (given[0] === 'abort') note(this, given[1], given[2]);
      return result;
    },
  }.method;
}

const noteAdded = guarded((signal: unknown, listener: unknown, options: unknown): void => {
  if (isSignal(signal) && isListener(listener) && !isWeak(options)) addListener(signal, listener, isAborted);
});

const noteRemoved = guarded((signal: unknown, listener: unknown): void => {
  if (isObject(signal) && isListener(listener)) removeListener(signal, listener);
});

/** Also when the program itself dispatches an event, or only looks the method up. */
const noteDispatch = guarded((target: unknown): void => {
  if (isObject(target) && SignalStamp.read(target)?.abort === null && isAborted(target)) abortSignal(target, describeReason);
});

function isAborted(signal: object): boolean {
  return Reflect.apply(getAborted, signal, []) === true;
}

function isListener(value: unknown): value is object {
  return typeof value === 'function' || isObject(value);
}

function isSignal(value: unknown): value is object {
  if (!isObject(value)) return false;
  if (SignalStamp.read(value) !== undefined) return true;
  return !types.isProxy(value) && Object.getPrototypeOf(value) === signals;
}

function isWeak(options: unknown): boolean {
  return weak !== undefined && isObject(options) && !types.isProxy(options) && weak in options;
}

/** Node adds a listener so marked to the signal in `options`: a signal of our own sees the mark. */
function findWeakMark(): symbol | undefined {
  let found: symbol | undefined;
  const { signal } = new AbortController();
  const addEventListener = (_type: unknown, _listener: unknown, options: object): void => {
    found = Object.getOwnPropertySymbols(options).find(({ description }) => description === 'kWeak');
  };
  Object.defineProperty(signal, 'addEventListener', { value: addEventListener });
  new EventTarget().addEventListener('abort', () => undefined, { signal });
  return found;
}

/** Never asks the program's own code: a getter may have been defined. */
function describeReason(signal: object): string {
  return textOf(Reflect.apply(getReason, signal, [])).slice(0, REASON_CHARACTERS);
}

function textOf(reason: unknown): string {
  if (typeof reason === 'string') return reason;
  if (!isObject(reason) || types.isProxy(reason)) return reason === undefined ? '' : typeof reason;
  const message: unknown = Object.getOwnPropertyDescriptor(reason, 'message')?.value;
  if (typeof message === 'string') return message;
  try {
    return String(Reflect.apply(getMessage, reason, []));
  } catch {
    return 'object';
  }
}

function getterOf(holder: object, key: string): Getter {
  return Object.getOwnPropertyDescriptor(holder, key)?.get ?? (() => undefined);
}
