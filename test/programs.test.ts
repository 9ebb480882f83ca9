import { afterAll, describe, expect, test } from 'vitest';
import { compareFindings } from './support/compare-findings.ts';
import { compareTasks } from './support/compare-tasks.ts';
import { nodeLines } from './support/node-lines.ts';
import { readFindingExpectations, readTaskExpectations } from './support/program-expectations.ts';
import { createTwinFolder, findPrograms } from './support/program-files.ts';
import { canRun, createWorkFolder, findingsIn, seenIn, traceProgram } from './support/run-program.ts';

const work = createWorkFolder();
const twins = createTwinFolder();
const identity = findPrograms('identity');
const rules = findPrograms('rules');
const quiet = findPrograms('quiet');

afterAll(() => {
  work.remove();
  twins.remove();
});

for (const line of nodeLines) {
  describe.concurrent(`on Node ${line.name}`, () => {
    for (const program of identity.filter((one) => canRun(line, one))) {
      test(`${program.name}: every marked line runs in the stated task`, async () => {
        const { report, session } = await traceProgram(program, line, work.path);
        expect(compareTasks(readTaskExpectations(program.source), seenIn(session), 'module').join('\n')).toBe('');
        expect(compareFindings([], findingsIn(report, program)).join('\n')).toBe('');
      });
    }

    for (const program of identity.filter((one) => one.hasTwin && canRun(line, one))) {
      const twin = twins.write(program);
      test(`${twin.name}: every marked line runs in the stated task`, async () => {
        const { report, session } = await traceProgram(twin, line, work.path);
        expect(compareTasks(readTaskExpectations(twin.source), seenIn(session), 'twin').join('\n')).toBe('');
        expect(compareFindings([], findingsIn(report, twin)).join('\n')).toBe('');
      });
    }

    for (const program of rules.filter((one) => canRun(line, one))) {
      test(`${program.name}: ${program.name.endsWith('.quiet.mjs') ? 'nothing' : 'exactly what is stated'} is found`, async () => {
        const { report } = await traceProgram(program, line, work.path);
        expect(compareFindings(readFindingExpectations(program.source), findingsIn(report, program)).join('\n')).toBe('');
      });
    }

    for (const program of quiet.filter((one) => canRun(line, one))) {
      test(`${program.name}: nothing is found`, async () => {
        const { report } = await traceProgram(program, line, work.path);
        expect(compareFindings([], findingsIn(report, program)).join('\n')).toBe('');
      });
    }
  });
}

test('every program states something, and every alarm has a quiet twin', () => {
  for (const program of identity) expect(readTaskExpectations(program.source), program.name).not.toEqual([]);
  const names = new Set(rules.map(({ name }) => name));
  for (const { name, source } of rules) {
    const expectations = readFindingExpectations(source);
    if (name.endsWith('.quiet.mjs')) expect(expectations, name).toEqual([]);
    else {
      expect(expectations, name).not.toEqual([]);
      expect(names, name).toContain(name.replace('.mjs', '.quiet.mjs'));
    }
  }
  for (const { name, source } of quiet) expect(readFindingExpectations(source), name).toEqual([]);
});
