#!/usr/bin/env node
/**
 * Measures what tracking costs.
 *
 *   npm run bench -- [--node 20,24] [--rows await,fan-out] [--variants plain,scope-trace]
 *                    [--rounds 7] [--work-ms 1500] [--warm-up-ms 400] [--out bench/results]
 *
 * Prints a line per row while it runs, then writes `<out>.md` and `<out>.json`.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ROWS } from './rows.mjs';
import { readCounts } from './recorded.mjs';
import { compare } from './statistics.mjs';
import { markdown } from './table.mjs';
import { nodeBinary } from './nodes.mjs';
import { VARIANTS, withVariant } from './variants.mjs';

const { values: options } = parseArgs({
  options: {
    node: { type: 'string' },
    rows: { type: 'string' },
    variants: { type: 'string' },
    rounds: { type: 'string', default: '7' },
    'work-ms': { type: 'string', default: '1500' },
    'warm-up-ms': { type: 'string', default: '400' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
  },
});
process.env.BENCH_WORK_MS = options['work-ms'];
process.env.BENCH_WARM_UP_MS = options['warm-up-ms'];
const rounds = Number(options.rounds);

/** Keeps what the list names, and refuses names it does not know. */
function select(all, list) {
  if (list === undefined) return all;
  const ids = list.split(',');
  const unknown = ids.find((id) => !all.some((each) => each.id === id));
  if (unknown) throw new Error(`"${unknown}" is not one of ${all.map((each) => each.id).join(', ')}.`);
  return all.filter((each) => ids.includes(each.id));
}

/** Plain comes first or second in turn, the others rotate behind it. */
function order(variants, round) {
  const [plain, ...others] = variants;
  const shift = round % Math.max(1, others.length);
  const rotated = [...others.slice(shift), ...others.slice(0, shift)];
  return round % 2 === 0 ? [plain, ...rotated] : [rotated[0], plain, ...rotated.slice(1)].filter(Boolean);
}

async function runRow(row, node, variants) {
  const taking = variants.filter(({ id }) => row.only?.includes(id) ?? true);
  const values = Object.fromEntries(taking.map(({ id }) => [id, []]));
  const failed = {};
  let counts;
  for (let round = 0; round < rounds * (row.repeat ?? 1); round++) {
    for (const variant of order(taking, round).filter(({ id }) => failed[id] === undefined)) {
      try {
        await withVariant(variant, async (env, session) => {
          const { value } = await row.run(node, env);
          values[variant.id].push(value);
          if (variant.id === 'scope-trace') counts = await readCounts(session);
        });
      } catch (error) {
        if (variant.id === 'plain') throw error;
        failed[variant.id] = 'failed';
        console.error(error);
      }
    }
  }
  const results = taking
    .slice(1)
    .map(({ id }) => [id, failed[id] ?? compare(row.unit, values.plain, values[id])]);
  return { ...row, results: Object.fromEntries(results), counts };
}

const variants = select(VARIANTS, options.variants && `plain,${options.variants}`);
const majors = options.node?.split(',') ?? [process.versions.node.split('.')[0]];
const lines = [];
for (const major of majors) {
  const rows = [];
  for (const row of select(ROWS, options.rows)) {
    const done = await runRow(row, nodeBinary(major), variants);
    const shown = Object.entries(done.results).map(
      ([id, { median = NaN, min = NaN, max = NaN }]) =>
        `${id} ${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`,
    );
    console.log(`node ${major}  ${row.id}: ${shown.join(', ')}  ${JSON.stringify(done.counts ?? {})}`);
    rows.push(done);
  }
  lines.push({ node: major, rows });
}

const out = resolve(options.out);
const settings = { rounds, workMs: options['work-ms'], warmUpMs: options['warm-up-ms'] };
writeFileSync(`${out}.md`, markdown(lines, variants, settings));
writeFileSync(`${out}.json`, `${JSON.stringify({ settings, lines }, null, 2)}\n`);
console.log(`Written: ${out}.md and ${out}.json`);
