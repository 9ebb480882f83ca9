import { afterAll, describe, expect, test } from 'vitest';
import { put } from './support/command.ts';
import { nodeLines } from './support/node-lines.ts';
import { createTwinFolder, readProgram } from './support/program-files.ts';
import { writeRandomProgram } from './support/random-program.ts';
import { createWorkFolder, findingsIn, traceProgram } from './support/run-program.ts';

/** `RANDOM_SEEDS=100-200` looks further. */
const [first = 1, last = 8] = (process.env.RANDOM_SEEDS ?? '').split('-').filter(Boolean).map(Number);
const work = createWorkFolder();
const twins = createTwinFolder();

afterAll(() => {
  work.remove();
  twins.remove();
});

for (const line of nodeLines) {
  describe.concurrent(`well-structured programs made by chance, on Node ${line.name}`, () => {
    for (let seed = first; seed <= last; seed++) {
      test(`seed ${seed}: nothing is found`, async () => {
        const path = put(twins.path, `random-${line.name}-${seed}.mjs`, writeRandomProgram(seed));
        const program = readProgram(path);
        const { report } = await traceProgram(program, line, work.path);
        expect(findingsIn(report, program)).toEqual([]);
        expect(report.totals.scopes).toBeGreaterThan(0);
      });
    }
  });
}
