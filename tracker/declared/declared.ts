/** What happens on the way into a declared scope, and on the way out. */
import { guarded } from '../failure.ts';
import { alike } from '../instruments/patch.ts';
import { packageOf } from '../modules/packages.ts';
import type { ScopeDeclaration, Waiver } from '../protocol.ts';
import { enterScopeAt, exitScope, exitScopeAt, isOpen, type Moment, observeMoment } from '../scopes.ts';
import type { Site } from '../sites.ts';
import { type Arrival, arriving, watchArrival, watching } from './arrivals.ts';
import { type Carrier, type Invocation, parseCarrier } from './carriers.ts';
import { findMethod } from './members.ts';
import { depth, type Entrance, type Exit, pointAt } from './points.ts';
import { countStrays, hasStrayed, noteStray } from './strays.ts';

/** A declaration with its defaults filled in. */
export interface Declared {
  readonly name: string;
  readonly carrier: Carrier;
  /** The function that is given is the way out. */
  readonly returned: boolean;
  readonly exits: readonly DescribedExit[];
  readonly waives: readonly Waiver[];
}

interface DescribedExit {
  readonly method: string;
  readonly carrier: Carrier;
}

const EXPECTATIONS: readonly Waiver[] = ['owner', 'once', 'exit'];
const LONGEST_NAME = 200;

export function describe(declaration: ScopeDeclaration): Declared {
  const { enter, exit, expect = {} } = declaration;
  const exits = exit === 'returned' ? [] : exit.map((one) => (typeof one === 'string' ? { method: one } : one));
  const byClass = exits.some(({ method }) => method.includes('.prototype.') || method.startsWith('prototype.'));
  return {
    name: declaration.name ?? [declaration.package, enter.replace(/\bprototype\./, '')].filter((part) => part !== undefined).join(' '),
    carrier: parseCarrier(declaration.carrier ?? (byClass ? 'this' : 'result')),
    returned: exit === 'returned',
    exits: exits.map(({ method, carrier = 'this' }) => ({ method, carrier: parseCarrier(carrier) })),
    waives: EXPECTATIONS.filter((key) => expect[key] === false),
  };
}

export function createExit({ carrier }: DescribedExit): Exit {
  return (receiver, given) => {
    const token = carrier.read({ receiver, given, result: undefined });
    if (token !== undefined) exit(token);
  };
}

/** Calls of ways in that were not written down: by packages, or without a look at the stack. */
let unseen = 0;
/** Calls of ways in whose promises are not there yet. */
let pending = 0;
/** How many were unseen when a carrier was given back. */
const unseenAtExit = new WeakMap<object, number>();

function exit(token: object): void {
  if (isOpen(token)) {
    exitScope(token);
    unseenAtExit.set(token, unseen);
    return;
  }
  // What was given back may be in use again without our knowing: that is no second exit.
  const isAgain = depth === 0 && pending === 0 && unseenAtExit.get(token) === unseen;
  if (!isAgain && watching === 0 && arriving === 0) return;
  const moment = observeMoment();
  if (!moment.places.some(isUsers)) return;
  noteStray(token);
  if (isAgain) exitScopeAt(moment, token);
}

function isUsers(site: Site): boolean {
  return packageOf(site.file) === undefined;
}

/** Who enters, when that is code of the program itself: what packages do among themselves is theirs. */
function observeUser(): Moment | undefined {
  const moment = observeMoment();
  const [caller] = moment.places;
  if (caller !== undefined && isUsers(caller)) return moment;
  unseen++;
  return undefined;
}

export function createEntrance(declared: Declared): Entrance {
  const takesCallback = (given: readonly unknown[]): boolean => typeof given.at(-1) === 'function' && !declared.returned;
  return {
    prepare(receiver, given) {
      if (!takesCallback(given)) return given;
      return attempt(given, () => {
        const moment = observeUser();
        if (moment === undefined) return given;
        unseen++;
        return [...given.slice(0, -1), observedCallback(given.at(-1) as Callback, (value) => {
          enterAt(declared, { ...moment, call: observeMoment().call }, { receiver, given, result: value }, { owner: false });
        })];
      });
    },
    enter(receiver, given, result) {
      if (takesCallback(given)) return result;
      return attempt(result, () => noteEntered(declared, { receiver, given, result }));
    },
  };
}

/** What `run` gives; should the tracker fail, `otherwise`. */
function attempt<Value>(otherwise: Value, run: () => Value): Value {
  let value = otherwise;
  guarded(() => { value = run(); })();
  return value;
}

function noteEntered(declared: Declared, call: Invocation): unknown {
  const moment = observeUser();
  if (moment === undefined) return call.result;
  if (declared.returned) return enterReturned(declared, moment, call);
  if (!(call.result instanceof Promise)) {
    enterAt(declared, moment, call);
    return call.result;
  }
  const before = countStrays();
  const token = declared.carrier.isResult ? undefined : declared.carrier.read(call);
  if (token !== undefined) watchExits(declared, token);
  const isWatched = watchArrival(call.result, (result, arrival) => {
    pending--;
    arrive(declared, moment, { ...call, result }, { arrival, before: token === undefined ? arrival.strays : before });
  }, () => { pending--; });
  if (isWatched) pending++;
  else unseen++;
  return call.result;
}

interface Arriving {
  readonly arrival: Arrival;
  /** Exits of unknown scopes until then do not matter. */
  readonly before: number;
}

/** What was promised is there. Whoever went on with it before us may have given it back by now. */
function arrive(declared: Declared, moment: Moment, call: Invocation, { arrival, before }: Arriving): void {
  const token = declared.carrier.read(call);
  if (token === undefined) return;
  const isNew = watchExits(declared, token);
  const isGone = (arrival.late && declared.carrier.isResult && isNew) ||
    ((arrival.late || !declared.carrier.isResult) && hasStrayed(token, before));
  if (isGone) unseen++;
  else enterAt(declared, { ...moment, call: arrival.host ?? moment.call }, call);
}

function enterAt(declared: Declared, moment: Moment, call: Invocation, { owner = true } = {}): void {
  const token = declared.carrier.read(call);
  if (token === undefined || isOpen(token)) return;
  watchExits(declared, token);
  const waives = owner || declared.waives.includes('owner') ? declared.waives : [...declared.waives, 'owner' as const];
  enterScopeAt(moment, token, nameOf(declared, call), 'declared', false, waives);
}

const watchers = new WeakMap<object, Set<Declared>>();

/** The ways out that are methods of the carrier. True: some were not watched before. */
function watchExits(declared: Declared, token: object): boolean {
  let isNew = false;
  for (const described of declared.exits) {
    if (described.method.includes('.')) continue;
    const member = findMethod(token, described.method);
    const point = member === undefined ? undefined : pointAt(member);
    if (member === undefined || point === undefined) continue;
    const known = watchers.get(point);
    if (known?.has(declared) === true) continue;
    watchers.set(point, (known ?? new Set()).add(declared));
    point.exits.push(createExit(described));
    isNew = true;
  }
  return isNew;
}

type Callback = (this: unknown, ...given: unknown[]) => unknown;

/** Node's order: an error or nothing, then the value. */
function observedCallback(callback: Callback, tell: (value: unknown) => void): Callback {
  const note = guarded((error: unknown, value: unknown): void => {
    if (error === undefined || error === null) tell(value);
  });
  const { method } = {
    method(this: unknown, ...given: unknown[]): unknown {
      note(given[0], given[1]);
      return Reflect.apply(callback, this, given);
    },
  };
  return alike<Callback>(method, callback);
}

/** The function that is given stands for the scope: one of ours stands for it, and calls it. */
function enterReturned(declared: Declared, moment: Moment, call: Invocation): unknown {
  const { result } = call;
  if (typeof result === 'function') return enterWith(declared, moment, call, result as Callback);
  if (!(result instanceof Promise)) return result;
  return result.then((value: unknown) => {
    const enter = (): unknown => enterWith(declared, { ...moment, call: observeMoment().call }, call, value as Callback);
    return typeof value === 'function' ? attempt(value as unknown, enter) : value;
  });
}

function enterWith(declared: Declared, moment: Moment, call: Invocation, leave: Callback): Callback {
  const { method } = {
    method(this: unknown, ...given: unknown[]): unknown {
      guarded(exit)(method);
      return Reflect.apply(leave, this, given);
    },
  };
  const standIn = alike<Callback>(method, leave);
  enterScopeAt(moment, standIn, nameOf(declared, call), 'declared', false, declared.waives);
  return standIn;
}

function nameOf({ name }: Declared, { given }: Invocation): string {
  const text = name.replace(/\{(\d)\}/g, (_, index: string) => {
    const value = given[Number(index)];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '…';
  });
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME - 1)}…`;
}
