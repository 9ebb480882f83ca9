/** Scopes of well-known packages, for whoever loads one. */
import { declareScope } from '../declared/declare.ts';
import { allProfiles } from '../profiles/index.ts';
import type { Instrument } from './instrument.ts';

export const profiles: Instrument = {
  id: 'profiles',
  install: () => {
    for (const { scopes, format = 'any' } of allProfiles) {
      for (const scope of scopes) declareScope(scope, { format });
    }
    // What is watched and replaced is taken back with everything else that is declared.
    return () => undefined;
  },
};
