/** Recordings that grow, are cut, are none, and go away. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FollowedFolder, type Written } from '../../src/view/feed/follow-folder.ts';
import { Recording } from '../reports/recording.ts';

let directory = '';
let folder: FollowedFolder;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'view-feed-'));
  folder = new FollowedFolder(directory);
});

afterEach(() => {
  folder.close();
  rmSync(directory, { recursive: true, force: true });
});

function readAll(): Written[] {
  const all: Written[] = [];
  folder.list();
  while (folder.read((written) => all.push(written)));
  return all;
}

const kinds = (all: readonly Written[]): string[] => all.flatMap(({ records }) => records.map(({ kind }) => kind));
const START = new Recording().records.map((record) => `${JSON.stringify(record)}\n`).join('');

it('reads lines as they come, short ones too, and waits for the end of the last one', () => {
  const file = join(directory, '7-0-1.jsonl');
  writeFileSync(file, START);
  expect(kinds(readAll())).toEqual(['program-started', 'call-started']);
  appendFileSync(file, '[0,2,1,1,4,0,0,0,12,1234,""]\n{"kind":"call-en');
  expect(kinds(readAll())).toEqual(['call-started', 'call-spawned']);
  appendFileSync(file, 'ded","call":2,"atMs":13}');
  expect(readAll()).toEqual([]);
  appendFileSync(file, '\n');
  expect(kinds(readAll())).toEqual(['call-ended']);
});

it('reads a long recording in blocks, characters of several bytes at their ends too', () => {
  const name = 'ä'.repeat(1000);
  const line = `${JSON.stringify({ kind: 'call-started', call: 2, origin: 'named', name, atMs: 1 })}\n`;
  writeFileSync(join(directory, '7-0-1.jsonl'), START + line.repeat(300));
  const all = readAll();
  expect(all.length).toBeGreaterThan(3);
  const records = all.flatMap((each) => each.records);
  expect(records).toHaveLength(302);
  expect(records.every((record) => record.kind !== 'call-started' || record.origin === 'main' || record.name === name)).toBe(true);
});

it('counts damage and goes on', () => {
  const file = join(directory, '7-0-1.jsonl');
  writeFileSync(file, `${START}no json\n[9,9]\n{"kind":"call-ended","call":"x","atMs":1}\n{"kind":"call-ended","call":1,"atMs":2}\n`);
  expect(readAll()).toMatchObject([{ damaged: 3, records: [{}, {}, { kind: 'call-ended' }] }]);
  truncateSync(file, 10);
  expect(readAll()).toMatchObject([{ damaged: 1 }]);
});

it('says what it does not read: a folder, another protocol', () => {
  mkdirSync(join(directory, 'a.jsonl'));
  writeFileSync(join(directory, 'b.jsonl'), START.replace(/"protocol":\d+/, '"protocol":999'));
  expect(readAll().map(({ trouble }) => trouble)).toEqual([
    'a.jsonl is not read: it is no regular file.',
    'b.jsonl is not read: scope-trace 0.0.0 wrote it, in protocol 999, which this version does not read.',
  ]);
  expect(readAll()).toEqual([]);
});

it('still reads what was written last when the folder is removed', () => {
  const file = join(directory, '7-0-1.jsonl');
  writeFileSync(file, START);
  readAll();
  appendFileSync(file, '{"kind":"program-ended","how":"drained","atMs":5}\n');
  rmSync(directory, { recursive: true });
  expect(kinds(readAll())).toEqual(['program-ended']);
  expect(folder.present).toBe(false);
});
