import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report } from '../reports/index.ts';
import { runBoth } from './support/compare-runs.ts';
import { compareFindings } from './support/compare-findings.ts';
import { nodeLines } from './support/node-lines.ts';
import { readFindingExpectations } from './support/program-expectations.ts';
import { readProgram } from './support/program-files.ts';
import { createWorkFolder, findingsIn } from './support/run-program.ts';
import { judgeHere, readOptions, runHere } from './support/trace-here.ts';

const root = fileURLToPath(new URL('frameworks/', import.meta.url));
const frameworks = readdirSync(root).filter((name) => existsSync(join(root, name, 'package.json')));
const work = createWorkFolder();
afterAll(work.remove);

/** `<name>` and `<name>, cancelled`, as the first lines of a program name them. */
function fibersIn(report: Report): string[] {
  return report.scopes
    .filter((scope) => scope.kind === 'fiber')
    .map((scope) => `${scope.name}${scope.exitedAtMs === undefined ? ', open' : ''}${scope.cancelledAtMs === undefined ? '' : ', cancelled'}`);
}

for (const line of nodeLines) {
  describe.concurrent(`on Node ${line.name}`, () => {
    for (const framework of frameworks) {
      const programs = readdirSync(join(root, framework)).filter((name) => name.endsWith('.mjs'));
      for (const name of programs) {
        const program = readProgram(join(root, framework, name));
        const expectations = readFindingExpectations(program.source);

        test(`${framework}/${name}: behaves as without, what is stated is found, and its fibers are shown`, async () => {
          const folder = mkdtempSync(join(work.path, 'run-'));
          const settings = readOptions(program.options);
          const { plain, traced } = await runBoth([line.path, program.path], {}, (command, options) => runHere(command, folder, settings, options));
          expect(traced).toEqual(plain);
          const { report } = await judgeHere(folder, settings);
          expect(compareFindings(expectations, findingsIn(report, program)).join('\n')).toBe('');
          const stated = [...program.source.matchAll(/^\/\/ fiber: (.*)$/gm)].map((match) => match[1]);
          if (stated.length > 0) expect(fibersIn(report)).toEqual(expect.arrayContaining(stated));
        });
      }
    }
  });
}
