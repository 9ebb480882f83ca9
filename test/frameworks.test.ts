import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report } from '../reports/index.ts';
import { runBoth, runWithout } from './support/compare-runs.ts';
import { nodeLines } from './support/node-lines.ts';
import { readProgram } from './support/program-files.ts';
import { createWorkFolder, findingsIn, traceProgram } from './support/run-program.ts';

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

        test(`${framework}/${name}: nothing is found, and its fibers are shown`, async () => {
          const { report } = await traceProgram(program, line, work.path);
          expect(findingsIn(report, program)).toEqual([]);
          const stated = [...program.source.matchAll(/^\/\/ fiber: (.*)$/gm)].map((match) => match[1]);
          if (stated.length > 0) expect(fibersIn(report)).toEqual(expect.arrayContaining(stated));
        });

        test(`${framework}/${name}: the same output with and without`, async () => {
          const { plain, traced } = await runBoth([line.path, program.path], {}, runWithout);
          expect(traced).toEqual(plain);
        });
      }
    }
  });
}
