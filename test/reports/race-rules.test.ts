import { describe, expect, it } from 'vitest';
import { MAIN, Recording, check, ruleIds } from './recording.ts';

interface Given {
  readonly fateInferred?: true;
  readonly site?: string;
  readonly raced?: string;
  /** Milliseconds after the decision at which the loser is seen to go on. Absent: it is not. */
  readonly worked?: number;
}

/** The main task races a call, which loses; both are in the scope `around`, if that is given. */
function race(r: Recording, { fateInferred, site = '/app/work.mjs:10:1 work', raced = '/app/app.mjs:4:9 main', worked }: Given = {}, scope?: number): number {
  const from = r.site('/app/app.mjs:4:22 main');
  const inferred = fateInferred === undefined ? {} : { fateInferred };
  const loser = r.spawn(MAIN, { site: r.site(site), from, ...inferred, ...(scope === undefined ? {} : { scope }) });
  r.add({ kind: 'race-decided', race: 1, how: 'race', call: MAIN, losers: [loser], through: [], stack: [r.site(raced)] });
  if (worked !== undefined) r.wait(worked).add({ kind: 'loser-worked', race: 1, call: loser });
  return loser;
}

/** A recording with such a race, in which the loser ends after as many milliseconds more. */
function lost(given: Given, rest = 10): Recording {
  const r = new Recording();
  const loser = race(r, given);
  return r.wait(rest).end(loser).ended();
}

describe('race-loser', () => {
  it('names the loser and who raced it, and shows where', () => {
    const [finding, ...others] = check(lost({ worked: 200 })).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'race-loser',
      severity: 'leak',
      certainty: 'certain',
      message: 'Task work lost a Promise.race and went on for 212 ms after it was decided.',
      expectedTask: { label: 'main' },
      places: [
        { label: 'started here', place: { file: '/app/app.mjs', line: 4, column: 22 } },
        { label: 'raced here', place: { file: '/app/app.mjs', line: 4, column: 9 } },
      ],
    });
  });

  it('is quiet about a loser that ends within the grace period', () => {
    expect(ruleIds(lost({ worked: 50 }, 5))).toEqual([]);
  });

  it('is quiet about a loser that only waits and then ends, as a timer does', () => {
    expect(ruleIds(lost({}, 500))).toEqual([]);
    expect(ruleIds(lost({ worked: 20 }, 500))).toEqual([]);
  });

  it('names the scope that a waiting loser holds open', () => {
    const r = new Recording();
    const loser = race(r);
    const scope = r.enter('session', loser);
    const { findings } = check(r.wait(300).exit(scope, loser).end(loser).ended());
    expect(findings).toMatchObject([
      { rule: 'race-loser', message: 'Task work lost a Promise.race and went on for 303 ms after it was decided; scope "session" was held open meanwhile.' },
    ]);
  });

  it('is quiet when somebody waits for the loser after all', () => {
    const joined = new Recording();
    const loser = race(joined, { worked: 200 });
    expect(ruleIds(joined.end(loser).join(loser, MAIN).ended())).toEqual([]);
    const awaited = new Recording();
    const other = race(awaited, { worked: 200 });
    awaited.add({ kind: 'loser-awaited', race: 1, call: other });
    expect(ruleIds(awaited.wait(200).end(other).ended())).toEqual([]);
  });

  it('is quiet about what installed code starts, and about races that it makes', () => {
    const site = '/app/node_modules/pool/index.js:5:5 run';
    const r = new Recording();
    const from = r.site(site);
    const loser = r.spawn(MAIN, { site: from, from });
    r.add({ kind: 'race-decided', race: 1, how: 'any', call: MAIN, losers: [loser], through: [], stack: [r.site('/app/app.mjs:4:9')] });
    r.wait(200).add({ kind: 'loser-worked', race: 1, call: loser });
    expect(ruleIds(r.ended())).toEqual([]);
    expect(ruleIds(lost({ worked: 200, raced: site }))).toEqual([]);
  });

  it('speaks for a loser that outlived its scope, instead of leaked-task', () => {
    const r = new Recording();
    const scope = r.enter('request', MAIN);
    race(r, { worked: 120 }, scope);
    expect(ruleIds(r.exit(scope, MAIN).wait(300).ended('exit-called'))).toEqual(['race-loser']);
  });

  it('does not judge a loser that was inferred to be a task', () => {
    expect(check(lost({ worked: 200, fateInferred: true }))).toMatchObject({ findings: [], undecided: 1 });
  });

  it('says nothing when the recording stops within the grace period', () => {
    const r = new Recording();
    race(r, { worked: 50 });
    expect(ruleIds(r)).toEqual([]);
  });
});
