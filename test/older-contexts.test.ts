/** What tracing changes about `enterWith` on the older lines, and that the summary says so. */
import { describe, expect, test } from 'vitest';
import { runBoth } from './support/compare-runs.ts';
import { scopeTrace } from './support/command.ts';
import { nodeLines } from './support/node-lines.ts';

const SAID = 'a trace can change what AsyncLocalStorage.enterWith leaves';
const START = "const { AsyncLocalStorage } = require('node:async_hooks'); const storage = new AsyncLocalStorage();";
/** The first use of a storage comes when something waits already. */
const late = `${START} (async () => { await (async () => { await null; storage.enterWith('store') })(); console.log(storage.getStore()) })()`;
/** It comes before that. */
const early = `${START} (async () => { storage.enterWith('store'); await null; console.log(storage.getStore()) })()`;

for (const line of nodeLines) {
  const isOlder = Number(line.name) < 24;
  describe.concurrent(`on Node ${line.name}`, () => {
    test(`a first use that others wait for ${isOlder ? 'is told of, and does what Node 24 does' : 'is the same'}`, async () => {
      const { plain, traced } = await runBoth([line.path, '-e', late]);
      expect(plain.stdout).toBe(isOlder ? 'store\n' : 'undefined\n');
      expect(traced.stdout).toBe('undefined\n');
      const { stderr } = await scopeTrace(['--', line.path, '-e', late]);
      expect(stderr.includes(SAID)).toBe(isOlder);
    });

    test('a first use before anything waits is the same, and nothing is said', async () => {
      const { plain, traced } = await runBoth([line.path, '-e', early]);
      expect(traced).toEqual(plain);
      const { stderr } = await scopeTrace(['--', line.path, '-e', early]);
      expect(stderr).not.toContain(SAID);
    });
  });
}
