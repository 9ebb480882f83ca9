/** Every family; the name is the field of the folded trace. */
import type { TraceRecord } from '../../../tracker/protocol.ts';
import type { Family, FamilyFold, FoldContext } from '../family.ts';
import { contexts } from './contexts.ts';
import { dumps } from './dumps.ts';
import { following } from './following.ts';
import { generators } from './generators.ts';
import { handles } from './handles.ts';
import { hangs } from './hangs.ts';
import { races } from './races.ts';
import { signals } from './signals.ts';
import { tests } from './tests.ts';

const families = { contexts, dumps, following, generators, handles, hangs, races, signals, tests } as const satisfies Readonly<Record<string, Family<unknown>>>;

type Families = typeof families;

/** The fields that the families add to a folded trace. */
export type FamilyParts = {
  readonly [Name in keyof Families]: Families[Name] extends Family<infer Part> ? Part : never;
};

export interface FamiliesFold {
  add(record: TraceRecord, order: number): boolean;
  finish(context: FoldContext): FamilyParts;
}

export function createFamilies(): FamiliesFold {
  const folds = Object.entries<Family<unknown>>(families).map(([name, create]): [string, FamilyFold<unknown>] => [name, create()]);
  return {
    add: (record, order) => folds.some(([, fold]) => fold.add(record, order)),
    finish: (context) => {
      // Typed so by the registry above: each name has its own family's part.
      const parts = folds.map(([name, fold]) => [name, fold.finish(context)] as const);
      return Object.fromEntries(parts) as unknown as FamilyParts;
    },
  };
}
