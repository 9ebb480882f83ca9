/** Each profile against the real package: a program that breaks its pairs, and one that does not. */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { allProfiles } from '../tracker/profiles/index.ts';
import { compareFindings } from './support/compare-findings.ts';
import { nodeLines } from './support/node-lines.ts';
import { readFindingExpectations } from './support/program-expectations.ts';
import { readProgram } from './support/program-files.ts';
import { createWorkFolder, findingsIn, traceProgram } from './support/run-program.ts';

const folder = fileURLToPath(new URL('profiles/', import.meta.url));
const work = createWorkFolder();
const names = allProfiles.map(({ name }) => name).sort();

afterAll(() => {
  work.remove();
});

test('every profile is a file, and has programs', () => {
  const files = readdirSync(fileURLToPath(new URL('../tracker/profiles/', import.meta.url))).map((name) => name.replace(/\.ts$/, ''));
  expect(files.filter((name) => name !== 'index' && name !== 'profile').sort()).toEqual(names);
  for (const name of names) {
    for (const program of ['alarm.mjs', 'quiet.mjs']) expect(existsSync(`${folder}${name}/${program}`), `${name}/${program}`).toBe(true);
    expect(readFindingExpectations(readProgram(`${folder}${name}/alarm.mjs`).source), name).not.toEqual([]);
  }
});

for (const line of nodeLines) {
  describe.concurrent(`on Node ${line.name}`, () => {
    for (const name of names) {
      test(`${name}: what is broken is found, and nothing else`, async () => {
        const program = readProgram(`${folder}${name}/alarm.mjs`);
        const { report } = await traceProgram(program, line, work.path);
        expect(compareFindings(readFindingExpectations(program.source), findingsIn(report, program)).join('\n')).toBe('');
      });

      test(`${name}: ordinary use raises nothing`, async () => {
        const program = readProgram(`${folder}${name}/quiet.mjs`);
        const { report } = await traceProgram(program, line, work.path);
        expect(compareFindings([], findingsIn(report, program)).join('\n')).toBe('');
      });
    }
  });
}
