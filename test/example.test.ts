import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { scopeTrace, start } from './support/command.ts';
import { nodeLines } from './support/node-lines.ts';
import { readProgram } from './support/program-files.ts';
import { createWorkFolder, findingsIn, traceProgram } from './support/run-program.ts';

const example = (name: string): string => fileURLToPath(new URL(`../examples/agent/${name}`, import.meta.url));
const broken = readProgram(example('broken.mjs'));
const fixed = readProgram(example('fixed.mjs'));
const work = createWorkFolder();
afterAll(work.remove);

/** The number of the only line that holds the text. */
function lineOf(path: string, text: string): number {
  const lines = readFileSync(path, 'utf8').split('\n');
  const found = lines.flatMap((line, index) => (line.includes(text) ? [index + 1] : []));
  expect(found, `lines with ${text}`).toHaveLength(1);
  return found[0] ?? 0;
}

for (const line of nodeLines) {
  describe.concurrent(`the trading agent on Node ${line.name}`, () => {
    test('the broken one closes its session in another task, and leaks its price watcher', async () => {
      const { report } = await traceProgram(broken, line, work.path);
      const places = report.findings.map((finding) => [
        finding.rule,
        finding.places.flatMap(({ place }) => (place === undefined ? [] : [`${place.file.split('/').at(-1)}:${place.line}`])),
      ]);
      expect(Object.fromEntries(places)).toEqual({
        'cross-task-exit': [
          `session.mjs:${lineOf(example('session.mjs'), 'enterScope(`session')}`,
          `session.mjs:${lineOf(example('session.mjs'), 'this.#scope.exit()')}`,
        ],
        'leaked-task': expect.arrayContaining([`broken.mjs:${lineOf(broken.path, "watchPrice(session, 'ACME')")}`]) as unknown,
      });
      const crossed = report.findings.find(({ rule }) => rule === 'cross-task-exit');
      expect(crossed).toMatchObject({
        count: 1,
        certainty: 'certain',
        task: { label: 'task "CLOSING"' },
        expectedTask: { label: 'task "OBSERVATION"' },
      });
    });

    test('the fixed one is silent', async () => {
      expect(findingsIn((await traceProgram(fixed, line, work.path)).report, fixed)).toEqual([]);
    });
  });
}

test('both print what they print without the tracker, and only the broken one fails', async () => {
  for (const { path } of [broken, fixed]) {
    const plain = await start(process.execPath, [path]).ends();
    const traced = await scopeTrace(['--quiet', '--', process.execPath, path]);
    expect(traced.stdout).toBe(plain.stdout);
    expect(traced.code).toBe(path === broken.path ? 66 : 0);
  }
});
