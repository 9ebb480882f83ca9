import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('examples/reports holds what this version writes of a run of the example', () => {
  const script = fileURLToPath(new URL('../../scripts/example-reports.mjs', import.meta.url));
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toContain('as this version writes them');
});
