/** Which test is run when, by Vitest, Jest, Mocha, AVA and Node's own runner. */
import { watchAva } from '../runners/ava.ts';
import { watchJest } from '../runners/jest.ts';
import { watchMocha } from '../runners/mocha.ts';
import { watchNodeTest } from '../runners/node-test.ts';
import { watchVitest } from '../runners/vitest.ts';
import type { Instrument, Undo } from './instrument.ts';

export const testRunners: Instrument = {
  id: 'test-runners',
  install: () => {
    const undos: Undo[] = [];
    for (const watch of [watchAva, watchJest, watchMocha, watchNodeTest, watchVitest]) watch(undos);
    return () => {
      for (const undo of undos) undo();
    };
  },
};
