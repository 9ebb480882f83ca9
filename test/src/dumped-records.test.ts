import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSession, identitySources } from '../../reports/index.ts';
import { readRecording } from '../../src/recording.ts';
import { PROTOCOL_VERSION } from '../../tracker/protocol.ts';
import type { TraceRecord } from '../../tracker/protocol.ts';
import { Recording } from '../reports/recording.ts';
import { emptyFolder, put } from '../support/command.ts';

const HEAD = { kind: 'program-dumped', protocol: PROTOCOL_VERSION, tracker: '0.1.0', program: '7-0-1', why: 'time-up', verdicts: 1, atMs: 9 };
const SITE = { kind: 'site-seen', site: -1, file: '/app/app.mjs', line: 3, column: 3, function: 'run' };
const VERDICT = {
  kind: 'verdict-reached', verdict: 1, outcome: 'deadlock', certain: true, circular: true, waiting: 1, dependents: 0, atMs: 9,
};
const WAITER = { kind: 'waiter-named', verdict: 1, name: 'run', module: false, iterates: false, stack: [-1], awaited: false, atMs: 9 };
const SOUND = [HEAD, VERDICT, SITE, WAITER];

function linesOf(records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** The recording of a killed program, and what a dump of it says. */
function kept(dumped: string, program = '7-0-1'): string {
  const folder = emptyFolder();
  const records: readonly TraceRecord[] = new Recording().records;
  put(folder, '7-0-1.jsonl', linesOf(records));
  writeFileSync(join(folder, `${program}.dumped.jsonl`), dumped);
  return folder;
}

async function read(folder: string): Promise<{ readonly rules: string[]; readonly failures: string[] }> {
  const session = await readRecording(folder);
  const { findings } = checkSession(session, { sources: identitySources });
  return { rules: findings.map(({ rule }) => rule), failures: session.programs.flatMap(({ losses }) => losses.failures) };
}

describe('what a dump proved', () => {
  it('is read with the recording of its program, which need not have an end', async () => {
    expect(await read(kept(linesOf(SOUND)))).toEqual({ rules: ['deadlock'], failures: [] });
  });

  it.each([
    ['a line is no record', linesOf(SOUND).replace('"stack":[-1]', '"stack":"-1"'), 'is damaged in line 4'],
    ['its last line is cut', linesOf(SOUND).slice(0, -20), 'is damaged in line 4'],
    ['a record is the program\'s own affair', linesOf([...SOUND, { kind: 'call-ended', call: 1, atMs: 9 }]), 'is damaged in line 5'],
    ['it claims a place of the program\'s', linesOf([...SOUND, { ...SITE, site: 1 }]), 'is damaged in line 5'],
    ['it has no beginning', linesOf(SOUND.slice(1)), 'does not begin as a dump does'],
    ['it is empty', '', 'does not begin as a dump does'],
    ['it belongs to another program', linesOf([{ ...HEAD, program: '8-0-1' }, ...SOUND.slice(1)]), 'is about another program, 8-0-1'],
  ])('is left out as a whole, and that is said, when %s', async (_what, text, words) => {
    expect(await read(kept(text))).toEqual({
      rules: [],
      failures: [`7-0-1.dumped.jsonl ${words}: what a dump of the program proved is left out.`],
    });
  });

  it('is left out when it is no file', async () => {
    const folder = kept('');
    mkdirSync(join(folder, '8-0-1.dumped.jsonl'));
    expect((await read(folder)).failures).toContain('8-0-1.dumped.jsonl is a dump of a program whose recording is missing, so nothing can be said of it.');
  });

  it('is missed when the recording of its program is missing', async () => {
    const { rules, failures } = await read(kept(linesOf([{ ...HEAD, program: '8-0-1' }, ...SOUND.slice(1)]), '8-0-1'));
    expect(rules).toEqual([]);
    expect(failures).toEqual(['8-0-1.dumped.jsonl is a dump of a program whose recording is missing, so nothing can be said of it.']);
  });

  it('is refused in another protocol', async () => {
    await expect(readRecording(kept(linesOf([{ ...HEAD, protocol: 99 }])))).rejects.toThrow('in protocol 99');
  });
});
