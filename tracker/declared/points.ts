/** Functions of the program that enter or exit declared scopes: each is replaced once, whoever declares what. */
import { guarded } from '../failure.ts';
import type { Undo } from '../instruments/instrument.ts';
import { type Method, replaceMethod } from '../instruments/patch.ts';
import type { Member } from './members.ts';

export interface Entrance {
  /** Before the call: what to call it with. */
  prepare(receiver: unknown, given: unknown[]): unknown[];
  /** After the call: what to return. */
  enter(receiver: unknown, given: readonly unknown[], result: unknown): unknown;
}

export type Exit = (receiver: unknown, given: readonly unknown[]) => void;

/** A function, and what its calls are told to. */
export interface Point {
  readonly entrances: Entrance[];
  readonly exits: Exit[];
}

const points = new WeakMap<object, Map<string, Point>>();
const undos: Undo[] = [];

export function removePoints(): void {
  for (const undo of undos.splice(0)) undo();
}

/** Absent: the function cannot be replaced, or is one that is called with `new`. */
export function pointAt({ holder, key }: Member): Point | undefined {
  const ofHolder = points.get(holder);
  const known = ofHolder?.get(key);
  if (known !== undefined) return known;
  const point: Point = { entrances: [], exits: [] };
  if (isClass(holder, key)) return undefined;
  let replaced = false;
  const undo = replaceMethod(holder, key, (original) => {
    replaced = true;
    return observed(original, point);
  });
  if (!replaced) return undefined;
  if (undos.length < MOST_UNDONE) undos.push(undo);
  if (ofHolder === undefined) points.set(holder, new Map([[key, point]]));
  else ofHolder.set(key, point);
  return point;
}

/** Methods of single objects are replaced as these come; what is not taken back only tells nobody. */
const MOST_UNDONE = 1000;

function observed(original: Method, { entrances, exits }: Point): Method {
  const leave = guarded((receiver: unknown, given: readonly unknown[]): void => {
    for (const exit of exits) exit(receiver, given);
  });
  const { method } = {
    method(this: unknown, ...given: unknown[]): unknown {
      if (exits.length !== 0) leave(this, given);
      if (entrances.length === 0) return applyInside(original, this, given);
      const result = Reflect.apply(original, this, prepare(entrances, this, given));
      return enter(entrances, this, given, result);
    },
  };
  copyProperties(original, method);
  return method;
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
