import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../reports/index.ts';
import { emptyFolder, put, scopeTrace } from '../support/command.ts';

/** Nothing but promises, in the callbacks of a loop, and a finding before that. */
const PROMISES = `
import { setImmediate as turn } from 'node:timers/promises';
import { enterScope } from 'scope-trace';
const scope = enterScope('twice');
scope.exit();
scope.exit();
async function next(value) { return value + 1; }
for (let batch = 0; batch < 400; batch++) {
  for (let value = 0; value < 10_000;) value = await next(value);
  await turn();
}
`;

interface Run {
  readonly report: Report;
  readonly stderr: string;
}

async function run(...args: readonly string[]): Promise<Run> {
  const folder = emptyFolder();
  const file = join(folder, 'report.json');
  const library = new URL('../../dist/src/index.js', import.meta.url).href;
  const program = put(folder, 'promises.mjs', PROMISES.replace("'scope-trace'", JSON.stringify(library)));
  const { code, stderr } = await scopeTrace([...args, '--fail-on', 'never', '--report', file, '--', process.execPath, program]);
  expect(code, stderr).toBe(0);
  return { report: JSON.parse(readFileSync(file, 'utf8')) as Report, stderr };
}

describe('the bound on slowdown', () => {
  it('leaves promises unfollowed for a part of the time of a program that makes nothing else', async () => {
    const { report, stderr } = await run();
    const { following } = report.programs[0] ?? {};
    expect(following?.pauses).toBeGreaterThan(0);
    expect(following?.unfollowedMs).toBeGreaterThan(0);
    expect(following?.unfollowedMs).toBeLessThan(following?.computedMs ?? 0);
    expect(stderr).toMatch(/promises were not followed for \d+ % of the\s+computing time/);
    // What was decided before is said all the same.
    expect(report.findings.map(({ rule }) => rule)).toEqual(['double-exit']);
  });

  it.each([[['--slowdown', 'none']], [['--slowdown', '1000']]])('is lifted by %j', async (args) => {
    const { report, stderr } = await run(...args);
    expect(report.programs[0]).not.toHaveProperty('following');
    expect(stderr).not.toContain('not followed');
  });
});
