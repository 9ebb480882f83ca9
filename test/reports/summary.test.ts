import { describe, expect, it } from 'vitest';
import { formatSummary, identitySources, plainStyle, type Sources, type Style } from '../../reports/index.ts';
import { MAIN, Recording, reportOf } from './recording.ts';

const CLIENT = `import { enterScope } from 'scope-trace';

export class Client {
\tasync connect() {
    this.transport = new Transport();
    this.scope = enterScope('session', { retries: 3, transport: this.transport, log });
  }

  async close() {
    this.scope.exit();
  }
}`.split('\n');

const sources: Sources = {
  ...identitySources,
  excerpt: ({ line }, around) => {
    const first = Math.max(1, line - around);
    return { firstLine: first, lines: CLIENT.slice(first - 1, line + around) };
  },
};

function crossTask(): Recording {
  const r = new Recording();
  const open = r.named('OBSERVATION', MAIN, { from: r.site('app.mjs:31') });
  const connect = r.spawn(open, { site: r.site('client.mjs:4 connect') });
  const scope = r.enter('session', connect, { stack: [r.site('client.mjs:6:18 Client.connect')] });
  r.end(open).end(connect);
  const close = r.named('ANALYSIS', MAIN, { from: r.site('app.mjs:44') });
  return r.exit(scope, close, [r.site('client.mjs:10:16 Client.close')]).end(close).ended();
}

const summaryOf = (recordings: readonly Recording[], width: number, style: Style = plainStyle): string =>
  formatSummary(reportOf(recordings, sources), { style, width });

describe('the summary', () => {
  it('tells a finding whole, 100 columns wide', () => {
    expect(summaryOf([crossTask()], 100)).toBe(`\
✖ cross-task-exit  violation
  Scope "session" was entered by task connect and exited by task "ANALYSIS"; the host task had
  already ended and nobody had waited for it.

  exited by   main › task "ANALYSIS" app.mjs:44
  entered by  main › task "OBSERVATION" app.mjs:31 › connect client.mjs:4

  entered here  client.mjs:6:18 in Client.connect
    4 │ async connect() {
    5 │   this.transport = new Transport();
  > 6 │   this.scope = enterScope('session', { retries: 3, transport: this.transport, log });
      │                ^
    7 │ }

  exited here  client.mjs:10:16 in Client.close
     9 │ async close() {
  > 10 │   this.scope.exit();
       │              ^
    11 │ }

  → Keep "session" inside one task: exit it before task connect ends, or run both steps in one task
    that opens the scope, does the work and exits it.

  as it stands
  - this.scope = enterScope('session', { retries: 3, transport: this.transport, log });
  - // …
  - this.scope.exit();
  in outline, with trackCall of scope-trace/remedies
  + const opened = trackCall('session', async ({ signal }) => {
  +   this.scope = enterScope('session', { retries: 3, transport: this.transport, log });
  +   try {
  +     // … what is done in it, until the signal is aborted
  +   } finally {
  +     this.scope.exit();
  +   }
  + });
  + // … in place of this.scope.exit()
  + opened.cancel();
  + await opened.safeToProceed();
  The task that enters the scope exits it; others tell it to stop, and wait until it has.

✖ scope-trace: 1 finding (1 violation) in 1 program, 4 tasks, 1 scope
`);
  });

  it('keeps within 60 columns', () => {
    const text = summaryOf([crossTask()], 60);
    expect(text).toContain(`\
  entered by  main › task "OBSERVATION" app.mjs:31
              › connect client.mjs:4
`);
    expect(text).toContain(`\
  > 6 │   this.scope = enterScope('session', { retries: 3, …
      │                ^
`);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  });

  it('moves a long line so that the caret is seen', () => {
    const long: Sources = {
      ...identitySources,
      excerpt: ({ line }) => ({ firstLine: line, lines: [`${'x'.repeat(500)}enterScope()`] }),
    };
    const r = new Recording();
    r.enter('s', MAIN, { stack: [r.site('min.js:1:501 f')] });
    const text = formatSummary(reportOf([r.ended()], long), { style: plainStyle, width: 80 });
    expect(text).toContain('  > 1 │ xxxxxxxxxxxxenterScope()\n      │             ^\n');
  });

  it('is one quiet line when there is nothing to say', () => {
    expect(summaryOf([new Recording().ended()], 80)).toBe(
      '✔ scope-trace: no findings in 1 program, 1 task, 0 scopes\n',
    );
  });

  it('groups equal findings with a count', () => {
    const r = new Recording();
    for (let request = 1; request <= 3; request++) {
      const host = r.spawn(MAIN);
      r.enter(`request ${request}`, host, { stack: [r.site('app.mjs:3:1 handle')] });
      r.end(host);
    }
    const text = summaryOf([r.ended()], 100);
    expect(text).toContain('✖ unclosed-scope  violation · 3 times\n');
    expect(text).toContain('Scope "request 1" was entered');
    expect(text).toContain('1 finding (1 violation, 3 times in all)');
  });

  it('says once what is the same for several programs', () => {
    const workers = (amount: number): Recording[] =>
      Array.from({ length: amount }, (_, at) => new Recording({ program: `7-${at + 1}`, argv: ['node', '/app/pool.mjs'], thread: at + 1 }));
    const why = 'the recording has no end, because the worker was terminated or still ran.';
    const main = new Recording({ argv: ['node', '/app/pool.mjs'] }).ended();
    const [first, second] = ['node pool.mjs (worker 1 of process 7)', 'node pool.mjs (worker 2 of process 7)'];
    expect(summaryOf([main, ...workers(1)], 200)).toContain(`! ${first}: ${why}\n`);
    expect(summaryOf([main, ...workers(2)], 200)).toContain(`! ${first} and ${second}: ${why}\n`);
    expect(summaryOf([main, ...workers(3)], 250)).toContain('(worker 2 of process 7) and node pool.mjs (worker 3 of process 7): the');
    expect(summaryOf([main, ...workers(100)], 250)).toContain(`! ${first}, ${second} and 98 others: ${why}\n`);
  });

  it('shows losses, caveats and what could not be judged', () => {
    const r = new Recording({ caveats: ['Some hooks change what is seen.'] });
    const host = r.spawn(MAIN, { fateInferred: true });
    const scope = r.enter('s', host);
    r.exit(scope, MAIN).add({ kind: 'counted', tasks: 1204, inferredTasks: 12, scopes: 9, dropped: 4 });
    const text = summaryOf([r], 200);
    expect(text).toContain('! 4 records could not be kept: findings may be missing.\n');
    expect(text).toContain('! the recording has no end, because the program was killed or still runs.\n');
    expect(text).toContain('! Some hooks change what is seen.\n');
    expect(text).toContain('! Exits that cross-task-exit could not judge: 1, because the identity of a task was inferred');
    expect(text).toContain('no findings in 1 program, 1,204 tasks (12 inferred), 9 scopes');
  });

  it('names the program when there are several', () => {
    const child = new Recording({ program: '8-0-1', pid: 8, parent: '7-0-1', argv: ['/usr/bin/node', '/app/child.mjs'] });
    child.enter('s', MAIN);
    const text = summaryOf([new Recording().ended(), child.ended()], 100);
    expect(text).toContain('  in node child.mjs (process 8)\n');
  });

  it('puts marks on whole pieces, so that they never change the layout', () => {
    const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const style = Object.fromEntries(
      ['bold', 'dim', 'red', 'yellow', 'green', 'cyan'].map((name) => [name, mark(name)]),
    ) as unknown as Style;
    const marked = summaryOf([crossTask()], 100, style);
    expect(marked.replace(/<\/?[a-z]+>/g, '')).toBe(summaryOf([crossTask()], 100));
    expect(marked).toContain('<red>✖</red> <bold><red>cross-task-exit</red></bold>');
  });

  it('shows control characters in names instead of obeying them', () => {
    const r = new Recording();
    r.enter('\u001b[2Jboo', MAIN);
    expect(summaryOf([r.ended()], 100)).not.toContain('\u001b');
  });
});
