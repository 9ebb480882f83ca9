import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { compareFindings } from './support/compare-findings.ts';
import { nodeLines } from './support/node-lines.ts';
import { readFindingExpectations } from './support/program-expectations.ts';
import { readProgram } from './support/program-files.ts';
import { canRun, createWorkFolder, findingsIn, traceProgram } from './support/run-program.ts';

const folder = fileURLToPath(new URL('../examples/scenarios', import.meta.url));
const scenarios = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const read = (scenario: string, file: string): ReturnType<typeof readProgram> => readProgram(join(folder, scenario, file));

/** What the report must say in its own words, as it is told to whoever reads nothing else. */
const STORIES: Readonly<Record<string, readonly RegExp[]>> = {
  's1-cached-client': [/entered by an HTTP request and exited by another run of it; the host task had already ended/],
  's2-abandoned-stream': [
    /An async generator that the main task advanced by hand was suspended at a .yield. .* its clean-up never ran/,
    /An async generator that the main task advanced was closed by a timer, suspended at a .yield.: its clean-up runs there/,
  ],
  's3-race-timeout': [/Task query lost a Promise\.race and went on for \d.* after it was decided; scope .* was held open meanwhile/],
  's4-unshielded-work': [
    /Task upload was started by exportAll, which ended when its signal was aborted \(the user left\), and went on for \d/,
    /Give task upload the signal, and let exportAll wait for it/,
  ],
  's5-exit-in-the-middle': [
    /was entered by task importRows.* and never exited/,
    /Task watchPrices was still inside scope .* when the program was made to exit, so its clean-up never ran/,
  ],
  's6-late-timeout': [/A call of Agent.call was aborted by the timer of an earlier call of Agent.call, which had finished \d.* before/],
  's7-leaking-context': [/A call of .handle. read the context of an earlier call of it, which had ended before this one began/],
  's8-swallowed-abort': [/tried again at least \d+ times, in priceWithRetries/, /Let priceWithRetries end when the signal is aborted/],
  's8-starved-loop': [/Promises and ticks kept the event loop from turning for \d.*, again and again in \w+, and a timer had to wait/],
  's9-sleep-between-calls': [/Task read was started in scope "session" and went on for \d/, /Wait for task read before "session" exits/],
};

const work = createWorkFolder();
afterAll(work.remove);

for (const line of nodeLines) {
  describe.concurrent(`on Node ${line.name}`, () => {
    for (const scenario of scenarios.filter((one) => canRun(line, read(one, 'broken.mjs')))) {
      test(`${scenario}: the broken one has exactly the stated findings, and they tell its story`, async () => {
        const program = read(scenario, 'broken.mjs');
        const { report } = await traceProgram(program, line, work.path);
        expect(compareFindings(readFindingExpectations(program.source), findingsIn(report, program)).join('\n')).toBe('');
        const told = report.findings.map(({ message, advice }) => `${message} ${advice}`).join('\n');
        for (const story of STORIES[scenario] ?? []) expect(told).toMatch(story);
      });

      test.for(['fixed.mjs', 'cured.mjs'])(`${scenario}: %s has none`, async (file) => {
        const program = read(scenario, file);
        const { report } = await traceProgram(program, line, work.path);
        expect(compareFindings([], findingsIn(report, program)).join('\n')).toBe('');
      });
    }
  });
}

test('every scenario states what is found, is told, and needs no preparation', () => {
  expect(Object.keys(STORIES).sort()).toEqual([...scenarios].sort());
  for (const scenario of scenarios) {
    expect(readFindingExpectations(read(scenario, 'broken.mjs').source), scenario).not.toEqual([]);
    expect(readFindingExpectations(read(scenario, 'fixed.mjs').source), scenario).toEqual([]);
    for (const file of readdirSync(join(folder, scenario))) {
      expect(/'scope-trace(\/remedies)?'/.exec(read(scenario, file).source)?.[0], file).toBe(file === 'cured.mjs' ? "'scope-trace/remedies'" : undefined);
    }
  }
});
