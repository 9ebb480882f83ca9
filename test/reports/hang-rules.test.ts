import { describe, expect, it } from 'vitest';
import { MAIN, Recording, check, ruleIds } from './recording.ts';

describe('unsettled-top-level-await', () => {
  it('names what was awaited, down to the promise', () => {
    const r = new Recording();
    const at = r.site('/app/app.mjs:9:7');
    const call = r.awaited(MAIN, { site: r.site('/app/client.mjs:3:1 connect'), from: at });
    r.add({ kind: 'top-level-await-left', call: MAIN, at });
    r.add({ kind: 'wait-followed', what: 'call', call, at: r.site('/app/client.mjs:4:3 connect') });
    r.add({ kind: 'wait-followed', what: 'promise', call, at: r.site('/app/client.mjs:1:1') });
    const [finding, ...others] = check(r.ended()).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'unsettled-top-level-await',
      severity: 'violation',
      message: 'The top level waited for connect, which waited for a promise that nothing could settle, so Node ended the program with code 13.',
      places: [
        { label: 'awaited here', place: { line: 9 } },
        { label: 'suspended here', place: { line: 4 } },
        { label: 'promise made here', place: { line: 1 } },
      ],
    });
  });

  it('leaves out what follows from a guess', () => {
    const r = new Recording();
    r.add({ kind: 'top-level-await-left', call: MAIN, at: r.site('/app/app.mjs:9:7') });
    r.add({ kind: 'wait-followed', what: 'promise', inferred: true });
    expect(check(r.ended()).findings[0]?.message).toContain('waited for something that nothing could settle');
  });

  it('does not judge an await whose end was inferred', () => {
    const r = new Recording();
    r.add({ kind: 'top-level-await-left', call: MAIN, inferred: true });
    expect(ruleIds(r.ended())).toEqual([]);
    expect(check(r).undecided).toBe(1);
  });
});
