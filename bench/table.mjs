/** Writes the results as Markdown. */

const PRECISION = { ratio: 2, bytes: 0, ms: 0, MiB: 2 };
const UNIT = { ratio: '×', bytes: ' B', ms: ' ms', MiB: ' MiB' };

function number(unit, value) {
  if (unit === 'ratio') return `${value.toFixed(value < 10 ? 2 : 0)}×`;
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(PRECISION[unit])}${UNIT[unit]}`;
}

function cell(unit, compared) {
  if (compared === undefined) return '';
  if (typeof compared === 'string') return compared;
  const [middle, low, high] = [compared.median, compared.min, compared.max].map((value) =>
    number(unit, value),
  );
  return `${middle} (${low} to ${high})`;
}

const limit = (row, value) => (value === undefined ? '' : number(row.unit, value));
const line = (cells) => `| ${cells.join(' | ')} |`;

/** @param {{ node: string, rows: readonly object[] }} line of Node @param {readonly object[]} variants */
export function nodeTable({ node, rows }, variants) {
  const others = variants.slice(1);
  const head = ['', 'goal', 'floor', 'followed', ...others.map((variant) => variant.title)];
  return [
    `## Node ${node}`,
    '',
    line(head),
    line(head.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...rows.map((row) =>
      line([
        row.goal !== undefined && row.results['scope-trace']?.median > row.goal
          ? `${row.title} **(over its goal)**`
          : row.title,
        limit(row, row.goal),
        limit(row, row.floor),
        row.counts === undefined ? '' : `${Math.round(row.counts.followed * 100)} %`,
        ...others.map((variant) => cell(row.unit, row.results[variant.id])),
      ]),
    ),
    '',
  ].join('\n');
}

/** @param {readonly object[]} lines @param {readonly object[]} variants @param {object} settings */
export function markdown(lines, variants, { rounds, workMs, warmUpMs }) {
  return `# What tracking costs

Written by \`npm run bench\`. Every number compares with the plain program: ratios of CPU time
(user and system, all threads), differences of bytes and of milliseconds. Median of ${rounds} pairs, then
the smallest and the largest. In each round every variant runs in a fresh process, one after the
other in rotating order, and is compared with the plain run of the same round. A program warms up
for ${warmUpMs} ms of CPU time and then works for ${workMs} ms, however many operations that is; a server serves
12,000 requests from a slower client in another process, after as many for warm-up; the linter and the start-up are
measured from the outside, from start to exit.

Followed is the part of its computing time for which scope-trace followed the promises of the program, in the
last round: where they cost more than \`--slowdown\` allows, which is a factor of 2, it leaves them alone for a
while. The column \`--slowdown none\` is what following all of them costs.

The floor is what empty hooks cost at least. vitest's leak detection cannot run outside vitest, so
its hook is rebuilt in \`preloads/vitest-leak-hook.cjs\`. why-is-node-running looks at no promises, yet pays
for them. The last row compares live memory, after a full collection, in the second third of a run and in
the last one, each the median of forty looks; in the first third, what is kept within bounds fills up.

${lines.map((nodeLine) => nodeTable(nodeLine, variants)).join('\n')}`;
}
