import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../reports/index.ts';
import { emptyFolder, scopeTrace } from '../support/command.ts';

const program = fileURLToPath(new URL('../programs/identity/full-speed.mjs', import.meta.url));

/** The report's totals of a program that makes far more calls than the default budget has room for. */
async function totals(...args: readonly string[]): Promise<Report['totals']> {
  const file = join(emptyFolder(), 'report.json');
  const { code, stderr } = await scopeTrace([...args, '--report', file, '--', process.execPath, program]);
  expect(code, stderr).toBe(0);
  return (JSON.parse(readFileSync(file, 'utf8')) as Report).totals;
}

describe('the budget', () => {
  it('of 100 percent lets every call be seen', async () => {
    expect(await totals('--budget', '100')).toMatchObject({ inferredTasks: 0, tasks: 20_001 });
  });

  it('leaves tasks to be inferred where it ends', async () => {
    const { inferredTasks, tasks } = await totals();
    expect(inferredTasks).toBeGreaterThan(0);
    expect(inferredTasks).toBeLessThan(tasks);
  });

  it('of nothing infers all tasks but the first', async () => {
    const { inferredTasks, tasks } = await totals('--budget', '0');
    expect(inferredTasks).toBe(tasks - 1);
  });
});
