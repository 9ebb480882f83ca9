/** Functions of the program that declarations name: each is replaced once, whoever declares what. */
import { guarded } from '../failure.ts';
import type { Undo } from '../instruments/instrument.ts';
import { type Method, replaceMethod } from '../instruments/patch.ts';
import type { Member } from './members.ts';
import { replaceFunction } from './stand-ins.ts';

export interface Entrance {
  /** Before the call: what to call it with. */
  prepare(receiver: unknown, given: unknown[]): unknown[];
  /** After the call: what to return. */
  enter(receiver: unknown, given: readonly unknown[], result: unknown): unknown;
}

/** The object that stands for a scope that is exited or used by a call. Absent: none. */
export type FindToken = (receiver: unknown, given: readonly unknown[]) => object | undefined;

export interface Exit {
  find: FindToken;
  exit(token: object): void;
}

/** Something that lasts as long as a call does. */
export interface Bounds {
  /** The call is about to be made. */
  begin(given: readonly unknown[]): object | undefined;
  /** It has returned, or thrown. */
  end(begun: object, result: unknown): void;
}

/** A function, and what its calls are told to. */
export interface Point {
  readonly entrances: Entrance[];
  readonly exits: Exit[];
  readonly bounds: Bounds[];
}

const points = new WeakMap<object, Map<string, Point>>();
const undos: Undo[] = [];

export function removePoints(): void {
  for (const undo of undos.splice(0)) undo();
}

/**
 * Absent: the function cannot be replaced. `made`: it is called with `new`. All others are not; what
 * they declare as a class stays.
 */
export function pointAt(member: Member, made = false): Point | undefined {
  const { holder, key, write } = member;
  const ofHolder = points.get(holder);
  const known = ofHolder?.get(key);
  if (known !== undefined) return known;
  const point: Point = { entrances: [], exits: [], bounds: [] };
  if (!made && isClass(holder, key)) return undefined;
  let replaced = false;
  const note = (original: Method): Method => {
    replaced = true;
    return observed(original, point);
  };
  const undo = made || write !== undefined ? replaceFunction(member, note, made) : replaceMethod(holder, key, note);
  if (!replaced) return undefined;
  if (undos.length < MOST_UNDONE) undos.push(undo);
  if (ofHolder === undefined) points.set(holder, new Map([[key, point]]));
  else ofHolder.set(key, point);
  return point;
}

/** Methods of single objects are replaced as these come; what is not taken back only tells nobody. */
const MOST_UNDONE = 1000;

/** There are programs that look whether a function is async: a proxy of one still looks like it. */
function observed(original: Method, point: Point): Method {
  const { entrances, exits, bounds } = point;
  const leave = guarded((receiver: unknown, given: readonly unknown[]): void => {
    const left: object[] = [];
    for (const { find, exit } of exits) {
      const token = find(receiver, given);
      // Two declarations of the same pair: that is one exit.
      if (token === undefined || left.includes(token)) continue;
      left.push(token);
      exit(token);
    }
  });
  const { method } = {
    method(this: unknown, ...given: unknown[]): unknown {
      if (exits.length !== 0) leave(this, given);
      if (bounds.length !== 0) return applyWithin(bounds, original, this, given);
      if (entrances.length === 0) return applyInside(original, this, given);
      const result = Reflect.apply(original, this, prepare(entrances, this, given));
      return enter(entrances, this, given, result);
    },
  };
  if (Object.getPrototypeOf(original) === Function.prototype) {
    copyProperties(original, method);
    return method;
  }
  return new Proxy(original, { apply: (_, receiver: unknown, given: unknown[]) => Reflect.apply(method, receiver, given) });
}

/** Calls of ways out that have not returned. */
export let depth = 0;

function applyInside(original: Method, receiver: unknown, given: unknown[]): unknown {
  depth++;
  try {
    return Reflect.apply(original, receiver, given);
  } finally {
    depth--;
  }
}

function applyWithin(bounds: readonly Bounds[], original: Method, receiver: unknown, given: unknown[]): unknown {
  const begun: (object | undefined)[] = [];
  guarded(() => { for (const one of bounds) begun.push(one.begin(given)); })();
  let result: unknown;
  try {
    return (result = Reflect.apply(original, receiver, given));
  } finally {
    guarded(() => {
      for (const [index, one] of begun.entries()) if (one !== undefined) bounds[index]?.end(one, result);
    })();
  }
}

function prepare(entrances: readonly Entrance[], receiver: unknown, given: unknown[]): unknown[] {
  let prepared = given;
  for (const entrance of entrances) prepared = entrance.prepare(receiver, prepared);
  return prepared;
}

function enter(entrances: readonly Entrance[], receiver: unknown, given: readonly unknown[], result: unknown): unknown {
  let returned = result;
  for (const entrance of entrances) returned = entrance.enter(receiver, given, returned);
  return returned;
}

function isClass(holder: object, key: string): boolean {
  const value: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
  return typeof value === 'function' && Reflect.apply(functionToString, value, []).startsWith('class');
}

const functionToString = Function.prototype.toString;

/** Such as `util.promisify.custom`. The name and the length are taken care of where it is replaced. */
function copyProperties(from: Method, to: Method): void {
  for (const key of Reflect.ownKeys(from)) {
    if (key === 'prototype' || key === 'name' || key === 'length' || key === 'arguments' || key === 'caller') continue;
    const descriptor = Object.getOwnPropertyDescriptor(from, key);
    if (descriptor !== undefined) Object.defineProperty(to, key, descriptor);
  }
}
