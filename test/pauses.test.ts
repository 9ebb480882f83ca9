/**
 * Programs whose promises are not followed now and then: `SCOPE_TRACE_PAUSE_EVERY` takes the hooks out
 * after so many promises, up to the next callback, as the bound on slowdown does in busy programs.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { compareFindings } from './support/compare-findings.ts';
import { put } from './support/command.ts';
import { runBoth, runWithout } from './support/compare-runs.ts';
import { nodeLines } from './support/node-lines.ts';
import { readFindingExpectations } from './support/program-expectations.ts';
import { createTwinFolder, findPrograms, readProgram } from './support/program-files.ts';
import { writeRandomProgram } from './support/random-program.ts';
import { canRun, createWorkFolder, findingsIn, traceProgram } from './support/run-program.ts';

const work = createWorkFolder();
const twins = createTwinFolder();
const undisturbed = fileURLToPath(new URL('programs/undisturbed/', import.meta.url));
const quiet = findPrograms('quiet');
const rules = findPrograms('rules');

/** Each line has its own distance between two pauses, and its own part of the programs. */
const EVERY = { 20: 7, 22: 40, 24: 110, 26: 23 } as const;

afterAll(() => {
  work.remove();
  twins.remove();
});

nodeLines.forEach((line, place) => {
  const every = String(EVERY[line.name]);
  const env = { SCOPE_TRACE_PAUSE_EVERY: every };
  const isLines = (_: unknown, index: number): boolean => index % nodeLines.length === place;

  describe.concurrent(`pauses after ${every} promises, on Node ${line.name}`, () => {
    for (const program of quiet.filter((one) => canRun(line, one)).filter(isLines)) {
      test(`${program.name}: nothing is found`, async () => {
        const { report } = await traceProgram(program, line, work.path, env);
        expect(findingsIn(report, program)).toEqual([]);
      });
    }

    for (const program of rules.filter((one) => canRun(line, one)).filter(isLines)) {
      test(`${program.name}: nothing but what is stated is found`, async () => {
        const { report } = await traceProgram(program, line, work.path, env);
        const problems = compareFindings(readFindingExpectations(program.source), findingsIn(report, program));
        expect(problems.filter((problem) => problem.startsWith('not expected')).join('\n')).toBe('');
      });
    }

    test('well-structured programs made by chance: nothing is found, and something was paused', async () => {
      for (let seed = 1; seed <= 4; seed++) {
        const program = readProgram(put(twins.path, `paused-${line.name}-${seed}.mjs`, writeRandomProgram(seed)));
        const { report } = await traceProgram(program, line, work.path, env);
        expect(findingsIn(report, program)).toEqual([]);
        expect(report.programs[0]?.following?.pauses).toBeGreaterThan(0);
      }
    });

    for (const program of readdirSync(undisturbed).sort().map((name) => readProgram(join(undisturbed, name)))) {
      const input = /^\/\/ input: (.*)$/m.exec(program.source)?.[1];
      test(`${program.name}: the same output and exit code with and without`, async () => {
        const command: [string, ...string[]] = [line.path, ...program.execArgv, program.path];
        const { plain, traced } = await runBoth(command, { env, ...(input && { input }) }, runWithout);
        expect(traced).toEqual(plain);
      });
    }
  });
});
