import { afterAll, expect, test } from 'vitest';
import { compareFindings } from '../support/compare-findings.ts';
import { nodeLines } from '../support/node-lines.ts';
import { findPrograms } from '../support/program-files.ts';
import { createWorkFolder, findingsIn, traceProgram } from '../support/run-program.ts';

const work = createWorkFolder();
afterAll(work.remove);

for (const program of findPrograms('remedies')) {
  // The program itself looks at what the tracker tells it, and ends with an error when that is wrong.
  test.concurrent.each(nodeLines)(`${program.name} on Node $name: it is told what is right, and nothing is found`, async (line) => {
    const { report } = await traceProgram(program, line, work.path);
    expect(compareFindings([], findingsIn(report, program)).join('\n')).toBe('');
  });
}
