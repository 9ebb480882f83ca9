import { describe, expect, it } from 'vitest';
import { MAIN, Recording, check, reportOf, ruleIds } from './recording.ts';

interface Places {
  readonly fn?: string;
  readonly at?: string;
}

/** Two runs of one function, one after the other; the second reads what the first has entered. */
function twoRuns(r: Recording, { fn = '/app/jobs.mjs:10:1 handle', at = '/app/jobs.mjs:11:5 handle' }: Places = {}, fateInferred?: true): Recording {
  const site = r.site(fn);
  const fate = { fate: 'awaited', ...(fateInferred === undefined ? {} : { fateInferred }) } as const;
  const first = r.awaited(MAIN, { site });
  r.end(first);
  const second = r.call('async', MAIN, { site, ...fate });
  r.add({ kind: 'context-entered', context: 1, call: first, fn: site, stack: [r.site(at)] });
  r.add({ kind: 'context-read', context: 1, call: second, run: second, stack: [r.site('/app/log.mjs:3:7 log')] });
  return r.end(second).ended();
}

describe('context-leak', () => {
  it('speaks of the function, and shows where the context was entered and read', () => {
    const [finding, ...others] = check(twoRuns(new Recording())).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'context-leak',
      severity: 'leak',
      certainty: 'certain',
      message: 'A call of `handle` read the context of an earlier call of it, which had ended before this one began.',
      task: { label: 'main' },
      places: [
        { label: 'context entered here', place: { file: '/app/jobs.mjs', line: 11 } },
        { label: 'read by the later call here', place: { file: '/app/log.mjs', line: 3 } },
      ],
    });
    expect(finding?.expectedTask).toBeUndefined();
  });

  it('is quiet about what installed code does with its contexts', () => {
    expect(ruleIds(twoRuns(new Recording(), { at: '/app/node_modules/tracing/index.js:5:5 start' }))).toEqual([]);
    expect(ruleIds(twoRuns(new Recording(), { fn: '/app/node_modules/runner/index.js:5:5 run' }))).toEqual([]);
  });

  it('does not judge a call whose task was inferred', () => {
    expect(check(twoRuns(new Recording(), {}, true))).toMatchObject({ findings: [], undecided: 1 });
  });

  it('says nothing of a context whose entering was lost', () => {
    const r = twoRuns(new Recording());
    r.records.splice(r.records.findIndex((record) => record.kind === 'context-entered'), 1);
    expect(ruleIds(r)).toEqual([]);
  });
});

describe('a caveat that was noted while the program ran', () => {
  it('stands beside those that were known at its start', () => {
    const r = new Recording({ caveats: ['Known.'] });
    r.add({ kind: 'caveat-noted', caveat: 'Learnt.' }).ended();
    expect(reportOf([r]).programs[0]?.caveats).toEqual(['Known.', 'Learnt.']);
  });
});
