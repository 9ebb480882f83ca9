/** A cure in a report, and in what is made of it. */
import { describe, expect, it } from 'vitest';
import { formatMarkdown } from '../../reports/formats/markdown.ts';
import { formatSummary } from '../../reports/formats/summary.ts';
import { identitySources, plainStyle, type Sources } from '../../reports/index.ts';
import { MAIN, Recording, reportOf } from './recording.ts';

const LINES = `async function count(sql) {
  return await Promise.race([query(sql), timeout(30)]);
}
async function query(sql) {}
async function timeout(ms) { await sleep(ms); throw new Error('late'); }`.split('\n');

function racing(file = '/app/app.mjs'): Recording {
  const r = new Recording();
  const loser = r.spawn(MAIN, { site: r.site(`${file}:4:1 query`), from: r.site(`${file}:2:30 count`) });
  r.add({ kind: 'race-decided', race: 1, how: 'race', call: MAIN, losers: [loser], through: [], stack: [r.site(`${file}:2:24 count`)] });
  r.wait(200).add({ kind: 'loser-worked', race: 1, call: loser });
  return r.wait(10).end(loser).ended();
}

function sourcesOf(lines: readonly string[] | undefined): Sources {
  return {
    ...identitySources,
    excerpt: ({ line }, around) => {
      const first = Math.max(1, line - around);
      return lines === undefined ? undefined : { firstLine: first, lines: lines.slice(first - 1, line + around) };
    },
  };
}

const show = (lines: readonly string[] | undefined, times = 1): string =>
  formatSummary(reportOf(Array.from({ length: times }, () => racing()), sourcesOf(lines)), { style: plainStyle, width: 100 });

describe('a finding with a known shape', () => {
  const report = reportOf([racing()], sourcesOf(LINES));

  it('has its lines as they stand and as they should be', () => {
    expect(report.findings[0]?.cure).toEqual({
      remedy: 'deadline',
      before: 'return await Promise.race([query(sql), timeout(30)]);',
      after: 'return await deadline(30, ({ signal }) => query(sql, { signal }));',
      note: 'Let `query` take the signal, and clean up and end when it is aborted. When time is up, it rejects with a TimeoutError.',
    });
  });

  it('shows them under the advice', () => {
    expect(show(LINES)).toContain(`
  as it stands
  - return await Promise.race([query(sql), timeout(30)]);
  as it should be, with deadline of scope-trace/remedies
  + return await deadline(30, ({ signal }) => query(sql, { signal }));
  Let \`query\` take the signal, and clean up and end when it is aborted. When time is up, it rejects
  with a TimeoutError.
`);
  });

  it('shows the same ones once in a summary', () => {
    expect(show(LINES, 3).split('as it stands')).toHaveLength(2);
  });

  it('shows them as a diff in a comment', () => {
    expect(formatMarkdown(report, { style: plainStyle, width: 100 })).toContain(`\`\`\`diff
- return await Promise.race([query(sql), timeout(30)]);
+ return await deadline(30, ({ signal }) => query(sql, { signal }));
\`\`\``);
  });

  it('has none when the source is not there, is another one, or is not the user\'s', () => {
    const elsewhere = reportOf([racing('/app/node_modules/lib/app.mjs')], sourcesOf(LINES));
    for (const lines of [undefined, LINES.slice(1), ['(', ...LINES]]) expect(reportOf([racing()], sourcesOf(lines)).findings[0]).not.toHaveProperty('cure');
    for (const finding of elsewhere.findings) expect(finding).not.toHaveProperty('cure');
    expect(show(undefined)).toContain('`scope-trace explain race-loser` shows such code as it is often written, and as it should be.');
  });
});

const CACHED = `async function open(user) {
  const client = await connect(user);
  clients.set(user, client);
}
async function evict(user) {
  const client = clients.get(user);
  await client.CLOSES();
}
class Client {
  constructor(scope) { this.scope = scope; }
  async leave() { await flush(); this.scope.exit(); this.left = true; }
}
async function connect(user) {
  const scope = enterScope('client');
  return new Client(scope);
}`;

/** A client that one job opens, and another one closes: the scope is entered and exited inside the client. */
function cached(): Recording {
  const r = new Recording();
  const file = '/app/app.mjs';
  const first = r.named('OPEN', MAIN);
  const scope = r.enter('client', first, { stack: [r.site(`${file}:14:17 connect`), r.site(`${file}:2:24 open`)] });
  r.end(first);
  const second = r.named('EVICT', MAIN);
  const evict = r.awaited(second, { from: r.site(`${file}:20:1`) });
  const leave = r.awaited(evict, { from: r.site(`${file}:7:16 evict`) });
  return r.exit(scope, leave, [r.site(`${file}:11:45 Client.leave`)]).end(leave).end(evict).end(second).ended();
}

describe('a scope that another task exits', () => {
  const cureWith = (closes: string): unknown => {
    const { findings } = reportOf([cached()], sourcesOf(CACHED.replace('CLOSES', closes).split('\n')));
    return findings.find(({ rule }) => rule === 'cross-task-exit')?.cure;
  };

  it('is cured where the program opens and closes what holds it', () => {
    expect(cureWith('close')).toMatchObject({
      remedy: 'trackCall',
      outline: true,
      before: 'const client = await connect(user);\n// …\nawait client.close();',
    });
  });

  it('is not cured by a line that does something else, too', () => {
    expect(cureWith('request')).toBeUndefined();
  });
});
