/** A declaration with its defaults filled in. */
import type { DeclaredExit, ScopeDeclaration, Waiver } from '../protocol.ts';
import { type Carrier, type Invocation, parseCarrier } from './carriers.ts';

export interface Declared {
  readonly name: string;
  /** Absent: it lies in a file of the program's own. */
  readonly packageName: string | undefined;
  readonly carrier: Carrier;
  /** The function that is given is the way out. */
  readonly returned: boolean;
  /** It lasts as long as the call, and what the call promised. */
  readonly settled: boolean;
  readonly exits: readonly DescribedMethod[];
  /** What needs it open. */
  readonly uses: readonly DescribedMethod[];
  readonly waives: readonly Waiver[];
  readonly ledger: Ledger;
}

export interface DescribedMethod {
  readonly method: string;
  readonly carrier: Carrier;
  /** Whether calling it is a decision: false when it says that the scope is over. */
  readonly owner: boolean;
}

/** What was not written down: a carrier that was given back may be in use again without our knowing. */
export interface Ledger {
  /** Calls of ways in by packages, or without a look at the stack. */
  unseen: number;
  /** Calls of ways in whose promises are not there yet. */
  pending: number;
  /** How many were unseen when a carrier was given back. */
  readonly unseenAtExit: WeakMap<object, number>;
}

const EXPECTATIONS: readonly Waiver[] = ['owner', 'once', 'exit'];
const LONGEST_NAME = 200;

export function describe(declaration: ScopeDeclaration): Declared {
  const { exit, expect = {} } = declaration;
  const listed = typeof exit === 'string' ? [] : exit;
  const byClass = listed.map((one) => (typeof one === 'string' ? one : one.method))
    .some((method) => method.includes('.prototype.') || method.startsWith('prototype.'));
  return {
    name: declaration.name ?? defaultName(declaration),
    packageName: declaration.package,
    carrier: parseCarrier(declaration.carrier ?? (byClass ? 'this' : 'result')),
    returned: exit === 'returned',
    settled: exit === 'settled',
    exits: listed.map(describeMethod),
    uses: (declaration.use ?? []).map(describeMethod),
    waives: EXPECTATIONS.filter((key) => expect[key] === false),
    ledger: { unseen: 0, pending: 0, unseenAtExit: new WeakMap() },
  };
}

function defaultName({ package: packageName, enter }: ScopeDeclaration): string {
  const [first = ''] = [enter].flat();
  return [packageName, first.replace(/\bprototype\./, '')].filter((part) => part !== undefined).join(' ');
}

function describeMethod(one: string | DeclaredExit): DescribedMethod {
  const { method, carrier = 'this', owner = true } = typeof one === 'string' ? { method: one } : one;
  return { method, carrier: parseCarrier(carrier), owner };
}

export function nameOf({ name }: Declared, { given }: Pick<Invocation, 'given'>): string {
  const text = name.replace(/\{(\d)\}/g, (_, index: string) => {
    const value = given[Number(index)];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '…';
  });
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME - 1)}…`;
}
