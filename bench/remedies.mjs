/**
 * What the remedies cost over plain code, beside p-timeout and Effection: CPU time of one call, each way in a
 * process of its own, in turn. Prints a table and writes it to `remedies.md`.
 *
 *   npm run bench:remedies -- [rounds]
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as jobs from './programs/remedies/jobs.mjs';
import { nodeBinary } from './nodes.mjs';
import { runScript } from './run-program.mjs';
import { median } from './statistics.mjs';

const GOAL_US = 3;
const TITLES = { bounded: 'one call, bounded by time', together: 'three tasks, the first failure cancels the others', streamed: 'one item of a stream, with a signal' };
/** A group is opened, and three tasks are started. */
const CALLS = { bounded: 1, together: 4, streamed: 1 };
const NAMES = { plain: 'plain code', remedies: 'scope-trace/remedies', pTimeout: 'p-timeout', effection: 'Effection' };
const env = { ...process.env, BENCH_WARM_UP_MS: '300', BENCH_WORK_MS: '600' };

const linesOf = (fn) => Math.max(1, fn.toString().split('\n').length - 2);

async function compare(major, job, rounds) {
  const ways = Object.keys(jobs[job]);
  const values = Object.fromEntries(ways.map((way) => [way, []]));
  for (let round = 0; round < rounds; round++) {
    for (const way of ways) {
      const { value } = await runScript(nodeBinary(major), ['remedies/remedies.mjs', job, way], env);
      values[way].push(value * 1000);
    }
  }
  const over = (way) => median(values[way].map((value, n) => value - values.plain[n]));
  return ways.map((way) => ({ way, lines: linesOf(jobs[job][way]), us: median(values[way]), over: over(way) / CALLS[job] }));
}

const rounds = Number(process.argv[2] ?? 5);
const rows = [];
for (const major of [20, 24]) {
  for (const job of Object.keys(jobs)) {
    for (const { way, lines, us, over } of await compare(major, job, rounds)) {
      const missed = way === 'remedies' && over > GOAL_US ? ' **(over its goal)**' : '';
      const added = way === 'plain' ? '' : `+${over.toFixed(2)} µs${missed}`;
      rows.push(`| ${TITLES[job]} | ${major} | ${NAMES[way]} | ${lines} | ${us.toFixed(2)} µs | ${added} |`);
      console.log(rows.at(-1));
    }
  }
}
const table = `# What the remedies cost

Written by \`npm run bench:remedies\`. Median of ${rounds} rounds, CPU time; what a call costs over plain code has a goal of
${GOAL_US} µs. Of the three tasks, a call is the opening of the group or the start of one task.

| job | Node | written with | lines | CPU time | per call, over plain code |
| --- | ---: | --- | ---: | ---: | ---: |
${rows.join('\n')}
`;
writeFileSync(fileURLToPath(new URL('./remedies.md', import.meta.url)), table);
