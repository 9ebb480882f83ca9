/** What happens on the way out of a declared scope, and when it is used after that. */
import { packageOf } from '../modules/packages.ts';
import { exitScope, exitScopeAt, exitScopeByItself, isEntered, isOpen, type Moment, observeMoment, useScopeAt } from '../scopes.ts';
import type { Site } from '../sites.ts';
import { arriving, watching } from './arrivals.ts';
import type { Declared, DescribedMethod, Ledger } from './description.ts';
import { depth, type Exit, type FindToken } from './points.ts';
import { noteStray } from './strays.ts';

export function createExit({ ledger }: Declared, { carrier, owner }: DescribedMethod): Exit {
  return { find: finder(carrier), exit: (token) => { if (owner) exit(token, ledger); else exitScopeByItself(token); } };
}

export function createUse({ ledger, packageName }: Declared, { carrier, method }: DescribedMethod): Exit {
  const name = method.slice(method.lastIndexOf('.') + 1);
  return { find: finder(carrier), exit: (token) => { use(token, name, ledger, packageName); } };
}

/** By which declaration a carrier was entered: several may have ways out in common. */
const ledgers = new WeakMap<object, Ledger>();

export function noteLedger(token: object, { ledger }: Declared): void {
  ledgers.set(token, ledger);
}

function finder(carrier: DescribedMethod['carrier']): FindToken {
  return (receiver, given) => carrier.read({ receiver, given, result: undefined });
}

export function exit(token: object, otherwise: Ledger): void {
  const ledger = ledgers.get(token) ?? otherwise;
  if (isOpen(token)) {
    const moment = exitScope(token);
    // What a package exits by itself, the program cannot know of.
    if (moment?.places.some(isUsers) === true) ledger.unseenAtExit.set(token, ledger.unseen);
    else ledger.unseenAtExit.delete(token);
    return;
  }
  const again = isIdle(token, ledger);
  if (!again && watching === 0 && arriving === 0) return;
  const moment = observeMoment();
  if (!moment.places.some(isUsers)) return;
  noteStray(token);
  if (again) exitScopeAt(moment, token);
}

/** A use by way of a function of the same package, such as undici's `request`, is the program's. */
function use(token: object, name: string, otherwise: Ledger, through: string | undefined): void {
  if (!isEntered(token) || isOpen(token) || !isIdle(token, ledgers.get(token) ?? otherwise)) return;
  const moment = observeUser(through);
  if (moment !== undefined) useScopeAt(moment, token, name);
}

/** What was given back may be in use again without our knowing: then this is no second exit, and no late use. */
function isIdle(token: object, { pending, unseen, unseenAtExit }: Ledger): boolean {
  return depth === 0 && pending === 0 && unseenAtExit.get(token) === unseen;
}

export function isUsers(site: Site): boolean {
  return packageOf(site.file) === undefined;
}

/**
 * Who runs, when that is code of the program itself: what packages do among themselves is theirs.
 *
 * @param through - a package that may stand in between
 */
export function observeUser(through?: string): Moment | undefined {
  const moment = observeMoment();
  const caller = moment.places.find(({ file }) => through === undefined || packageOf(file)?.name !== through);
  return caller !== undefined && isUsers(caller) ? moment : undefined;
}
