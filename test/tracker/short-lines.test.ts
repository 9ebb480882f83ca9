import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isRecord } from '../../src/record-shape.ts';
import { closeChannel, emit, flush, openChannel } from '../../tracker/channel.ts';
import { type Start, writeEnd, writeEntered, writeExited, writeFate, writeStart } from '../../tracker/lines.ts';
import { expandLine, type TraceRecord } from '../../tracker/protocol.ts';

const folder = mkdtempSync(join(tmpdir(), 'short-lines-'));
const file = join(folder, 'program.jsonl');
let read = 0;

openChannel(file, () => undefined);
afterAll(() => {
  closeChannel();
  rmSync(folder, { recursive: true });
});

/** What a reader makes of what `write` has written. */
function written(write: () => void): TraceRecord[] {
  write();
  flush();
  const lines = readFileSync(file, 'utf8').split('\n').slice(read, -1);
  read += lines.length;
  return lines.flatMap((line) => {
    const value = JSON.parse(line) as unknown;
    return Array.isArray(value) ? expandLine(value) : [value];
  }) as TraceRecord[];
}

const START: Start = {
  call: 7, caller: 1, origin: 'async', text: '', site: 0, from: 0, scope: 0, inferred: false, fate: 'undecided', atMs: 12,
};
const TEXTS = ['', 'a name', 'quotes " and \\', 'line\nfeed', 'Größe', '名前', '😀', '\ud83d', '\u0000', 'x'.repeat(2000), '\u0001'.repeat(2000)];
const NUMBERS = [1, 9, 10, 99, 100, 12_345, 999_999_999, 2 ** 30 - 1, 2 ** 30, 2 ** 31, 2 ** 32 + 1, 10 ** 12];

describe('a short line', () => {
  it('says of a call what is known at its start', () => {
    expect(written(() => { writeStart(START); })).toEqual([{ kind: 'call-started', call: 7, caller: 1, origin: 'async', atMs: 12 }]);
    const whole: Start = { ...START, origin: 'named', text: 'job', site: 3, from: 4, scope: 5, inferred: true, fate: 'spawned' };
    expect(written(() => { writeStart(whole); })).toEqual([
      { kind: 'call-started', call: 7, caller: 1, origin: 'named', name: 'job', site: 3, from: 4, scope: 5, inferred: true, atMs: 12 },
      { kind: 'call-spawned', call: 7, by: 1, inferred: true, atMs: expect.any(Number) as number },
    ]);
    const awaited: Start = { ...START, origin: 'callback', text: 'Timeout', fate: 'awaited' };
    expect(written(() => { writeStart(awaited); })).toMatchObject([{ resource: 'Timeout' }, { kind: 'call-awaited', by: 1 }]);
  });

  it('says what became of a call', () => {
    expect(written(() => { writeFate('call-joined', 8, 2, true); })).toMatchObject([{ kind: 'call-joined', call: 8, by: 2, inferred: true }]);
    const [awaited] = written(() => { writeFate('call-awaited', 8, 2, false); });
    expect(awaited).not.toHaveProperty('inferred');
    expect(written(() => { writeEnd(8, 1234.56); })).toEqual([{ kind: 'call-ended', call: 8, atMs: 1234.56 }]);
  });

  it('says who enters and exits a scope', () => {
    const entrance = { scope: 1, call: 2, kind: 'request', name: 'GET /', parent: 0, stack: [5, 6] } as const;
    expect(written(() => { writeEntered(entrance, 3.05); })).toEqual([
      { kind: 'scope-entered', scope: 1, call: 2, scopeKind: 'request', name: 'GET /', stack: [5, 6], atMs: 3.05 },
    ]);
    expect(written(() => { writeEntered({ ...entrance, parent: 9, waives: ['exit'] }, 3); })).toMatchObject([{ parent: 9, waives: ['exit'] }]);
    expect(written(() => { writeExited(1, 2, true, [], 4); })).toEqual([
      { kind: 'scope-exited', scope: 1, call: 2, moved: true, stack: [], atMs: 4 },
    ]);
    expect(written(() => { writeExited(1, 2, false, [3]); })[0]).not.toHaveProperty('moved');
  });

  it.each(TEXTS)('holds the text %j', (name) => {
    const [entered] = written(() => { writeEntered({ scope: 1, call: 2, kind: 'explicit', name, parent: 0, stack: [] }); });
    // Half of a pair cannot be written as UTF-8, but as an escape.
    expect(entered).toMatchObject({ name });
  });

  it('holds a longer name as an object', () => {
    const name = 'é'.repeat(100_000);
    expect(written(() => { writeEntered({ scope: 1, call: 2, kind: 'explicit', name, parent: 0, stack: [] }); })).toMatchObject([{ name }]);
  });

  it.each(NUMBERS)('holds the number %d', (call) => {
    expect(written(() => { writeEnd(call, call); })).toEqual([{ kind: 'call-ended', call, atMs: call }]);
  });

  it('stands in order with other records, across blocks', () => {
    const records = written(() => {
      for (let call = 0; call < 20_000; call += 2) {
        writeEnd(call, 0);
        emit({ kind: 'call-ended', call: call + 1, atMs: 0 });
      }
    });
    expect(records.map((record) => (record.kind === 'call-ended' ? record.call : -1))).toEqual(Array.from({ length: 20_000 }, (_, call) => call));
  });

  it.each([[[]], [[9, 1]], [['3', 1]], [[2]], [[0, 1, 1, 9, 0, 0, 0, 0, 1, 1, '']], [[3, 1, 2, 0, 0, 5, 'name', 'site']], [[4, 1, 2, 0]], [[1, 5, 1, 1, 0, 1]]])(
    'that is damaged is no record: %j', (line) => {
      const records = expandLine(line);
      expect(records.length > 0 && records.every(isRecord)).toBe(false);
    },
  );
});
