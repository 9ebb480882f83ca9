/** What happens on the way into a declared scope. */
import { guarded } from '../failure.ts';
import { alike } from '../instruments/patch.ts';
import { enterScopeAt, isOpen, type Moment, observeMoment } from '../scopes.ts';
import { type Arrival, watchArrival } from './arrivals.ts';
import type { Invocation } from './carriers.ts';
import { type Declared, nameOf } from './description.ts';
import { createExit, createUse, noteLedger, observeUser } from './leaving.ts';
import { findMethod, readProperty } from './members.ts';
import { type Entrance, pointAt } from './points.ts';
import { enterReturned } from './returned.ts';
import { countStrays, hasStrayed } from './strays.ts';

export function createEntrance(declared: Declared): Entrance {
  return {
    prepare(receiver, given) {
      if (!takesCallback(declared, given)) return given;
      return attempt(given, () => {
        const moment = noteCaller(declared);
        return moment === undefined ? given : prepareCallback(declared, moment, receiver, given);
      });
    },
    enter(receiver, given, result) {
      if (declared.carrier.isTold || takesCallback(declared, given)) return result;
      return attempt(result, () => noteEntered(declared, { receiver, given, result }));
    },
  };
}

/** For what is called with `new`. */
export function createMaking(declared: Declared): Entrance {
  const note = guarded((given: readonly unknown[], result: unknown): void => {
    const moment = noteCaller(declared);
    if (moment !== undefined) enterAt(declared, moment, { receiver: result, given, result });
  });
  return {
    prepare: (_, given) => given,
    enter(_, given, result) {
      note(given, result);
      return result;
    },
  };
}

/** Who enters, when that is code of the program itself. */
function noteCaller({ ledger }: Declared): Moment | undefined {
  const moment = observeUser();
  if (moment === undefined) ledger.unseen++;
  return moment;
}

function takesCallback({ returned }: Declared, given: readonly unknown[]): boolean {
  return typeof given.at(-1) === 'function' && !returned;
}

type Callback = (this: unknown, ...given: unknown[]) => unknown;

function prepareCallback(declared: Declared, moment: Moment, receiver: unknown, given: unknown[]): unknown[] {
  const { carrier, ledger } = declared;
  // Until it has been called, nobody knows what it will be called with.
  ledger.unseen++;
  const tell = guarded((...told: unknown[]): void => {
    const isFailed = !carrier.isTold && told[0] !== undefined && told[0] !== null;
    if (isFailed) return;
    enterAt(declared, { ...moment, call: observeMoment().call }, { receiver, given, result: told[1], told }, { owner: carrier.isTold });
  });
  return [...given.slice(0, -1), observedCallback(given.at(-1) as Callback, tell)];
}

/** Node's order, where the result is meant: an error or nothing, then the value. */
function observedCallback(callback: Callback, tell: (...told: unknown[]) => void): Callback {
  const { method } = {
    method(this: unknown, ...given: unknown[]): unknown {
      tell(...given);
      return Reflect.apply(callback, this, given);
    },
  };
  return alike<Callback>(method, callback);
}

/** What `run` gives; should the tracker fail, `otherwise`. */
export function attempt<Value>(otherwise: Value, run: () => Value): Value {
  let value = otherwise;
  guarded(() => { value = run(); })();
  return value;
}

function noteEntered(declared: Declared, call: Invocation): unknown {
  const { carrier, ledger, returned } = declared;
  const moment = noteCaller(declared);
  if (moment === undefined) return call.result;
  if (returned) return enterReturned(declared, moment, call);
  if (!(call.result instanceof Promise)) {
    if (carrier.isResult && isThenable(call.result)) ledger.unseen++;
    else enterAt(declared, moment, call);
    return call.result;
  }
  const before = countStrays();
  const token = carrier.isResult ? undefined : carrier.read(call);
  if (token !== undefined) watchMethods(declared, token);
  const isWatched = watchArrival(call.result, (result, arrival) => {
    ledger.pending--;
    arrive(declared, moment, { ...call, result }, { arrival, before: token === undefined ? arrival.strays : before });
  }, () => { ledger.pending--; });
  if (isWatched) ledger.pending++;
  else ledger.unseen++;
  return call.result;
}

/** A promise of a package's own: it stands for what will be given, and only its methods tell when. */
function isThenable(value: unknown): boolean {
  return typeof readProperty(value, 'then') === 'function';
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
  const isNew = watchMethods(declared, token);
  // Where nobody has to exit it, one that is gone already does no harm.
  const isDoubtful = isNew && !declared.waives.includes('exit');
  const isGone = (arrival.late && declared.carrier.isResult && isDoubtful) ||
    ((arrival.late || !declared.carrier.isResult) && hasStrayed(token, before));
  if (isGone) declared.ledger.unseen++;
  else enterAt(declared, { ...moment, call: arrival.host ?? moment.call }, call);
}

function enterAt(declared: Declared, moment: Moment, call: Invocation, { owner = true } = {}): void {
  const token = declared.carrier.read(call);
  if (token === undefined || isOpen(token)) return;
  watchMethods(declared, token);
  noteLedger(token, declared);
  const waives = owner || declared.waives.includes('owner') ? declared.waives : [...declared.waives, 'owner' as const];
  enterScopeAt(moment, token, nameOf(declared, call), 'declared', false, waives);
}

const watchers = new WeakMap<object, Set<Declared>>();

/** Ways out and uses that are methods of the carrier. True: ways out that were not watched before. */
function watchMethods(declared: Declared, token: object): boolean {
  let isNew = false;
  for (const described of [...declared.exits, ...declared.uses]) {
    if (described.method.includes('.')) continue;
    const member = findMethod(token, described.method);
    const point = member === undefined ? undefined : pointAt(member);
    if (member === undefined || point === undefined) continue;
    const known = watchers.get(point);
    if (known?.has(declared) === true) continue;
    watchers.set(point, (known ?? new Set()).add(declared));
    const isUse = declared.uses.includes(described);
    point.exits.push((isUse ? createUse : createExit)(declared, described));
    isNew ||= !isUse;
  }
  return isNew;
}
