/** Scopes of well-known packages, for whoever loads one. */
import { declareScope } from '../declared/declare.ts';
import { guarded } from '../failure.ts';
import { whenLoaded } from '../modules.ts';
import { allProfiles } from '../profiles/index.ts';
import type { ResponseSetter } from '../profiles/profile.ts';
import { noteSet } from './http-request.ts';
import type { Instrument, Undo } from './instrument.ts';
import { noteBefore, replaceSetter } from './patch.ts';
import { isObject, ownValue } from './values.ts';

export const profiles: Instrument = {
  id: 'profiles',
  install: () => {
    const undos: Undo[] = [];
    for (const { scopes, responses = [], format = 'any' } of allProfiles) {
      for (const scope of scopes) declareScope(scope, { format });
      for (const setter of responses) {
        whenLoaded(setter.package, (exports, { file }) => {
          if (file === setter.module && isObject(exports)) undos.push(watchSetter(exports, setter));
        }, format);
      }
    }
    // What is watched and replaced is taken back with everything else that is declared.
    return () => {
      for (const undo of undos) undo();
    };
  },
};

function watchSetter(holder: object, { property, response }: ResponseSetter): Undo {
  const note = guarded((receiver: unknown): void => {
    const sent = ownValue(receiver, response);
    if (isObject(sent)) noteSet(sent, property);
  });
  return replaceSetter(holder, property, (original) => noteBefore(original, note));
}
