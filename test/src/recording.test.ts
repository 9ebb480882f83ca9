import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '../../tracker/protocol.ts';
import { emptyFolder, put, scopeTrace } from '../support/command.ts';

const PROGRAM = `
  const { channel } = require('node:diagnostics_channel');
  const scope = {};
  channel('scope-trace:scope:enter').publish({ scope, name: 'session' });
  channel('scope-trace:scope:exit').publish({ scope });
  channel('scope-trace:scope:exit').publish({ scope });
`;

/** A recording of a program that exits a scope twice. */
async function record(folder = join(emptyFolder(), 'kept')): Promise<{ readonly folder: string; readonly file: string; readonly stderr: string }> {
  const script = put(emptyFolder(), 'app.cjs', PROGRAM);
  const { code, stderr } = await scopeTrace(['--trace', folder, '--', process.execPath, script]);
  expect(code).toBe(66);
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  expect(names).toHaveLength(1);
  return { folder, file: join(folder, names[0] ?? ''), stderr };
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function withoutFirstLine(text: string): string {
  return text.slice(text.indexOf('\n') + 1);
}

describe('a kept recording', () => {
  it('says what the run itself said', async () => {
    const { folder, stderr } = await record();
    const outcome = await scopeTrace(['report', folder]);
    expect(outcome.code).toBe(66);
    expect(outcome.stdout).toContain('double-exit');
    expect(stderr).toContain(outcome.stdout);
    expect(outcome.stderr).toBe('');
  });

  it('is replaced by the next one', async () => {
    const { folder } = await record();
    await record(folder);
  });

  it('gives the same report, and fails on what is asked for', async () => {
    const { folder } = await record();
    const file = join(emptyFolder(), 'report.json');
    const outcome = await scopeTrace(['report', folder, '--report', file, '--fail-on', 'leaked-task']);
    expect(outcome.code).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ findings: [{ rule: 'double-exit' }] });
  });

  it('is read when its program was killed in the middle of a line', async () => {
    const { folder, file } = await record();
    const lines = readFileSync(file, 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('program-ended'));
    writeFileSync(file, lines.slice(0, at).join('\n') + '\n{"kind":"call-en');
    const outcome = await scopeTrace(['report', folder]);
    expect(outcome.code).toBe(66);
    expect(outcome.stdout).toContain('double-exit');
    expect(outcome.stdout).toContain('the recording has no end');
    expect(outcome.stdout).not.toContain('damaged');
  });

  it.each([
    ['no JSON', 'xyz'],
    ['no record', '[1]'],
    ['a record without its fields', '{"kind":"scope-exited","scope":"1"}'],
  ])('is read when a line in the middle is %s, and says so', async (_, damage) => {
    const { folder, file } = await record();
    const [first = '', ...rest] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [first, damage, ...rest].join('\n'));
    const outcome = await scopeTrace(['report', folder]);
    expect(outcome.stdout).toMatch(/Line 2 of \S+\.jsonl is damaged and was left out\./);
  });

  it('is read when it lost its first line', async () => {
    const { folder, file } = await record();
    writeFileSync(file, withoutFirstLine(readFileSync(file, 'utf8')));
    expect((await scopeTrace(['report', folder])).stdout).toContain('double-exit');
  });

  it.each([
    ['is empty', '', 'is empty: its program was killed at its start'],
    ['stops in its first line', '{"kind":"program-st', 'stops inside its first record'],
  ])('says so when a file %s', async (_, text, sentence) => {
    const { folder, file } = await record();
    writeFileSync(file, text);
    const outcome = await scopeTrace(['report', folder]);
    expect(outcome.code).toBe(0);
    expect(flat(outcome.stdout)).toContain(`! ${basename(file)} ${sentence}`);
    expect(outcome.stdout).not.toContain('No Node.js program was traced');
  });

  it('has no end, and no unfinished task, when a signal without a handler ended the program', async () => {
    const source = `
      const { readFileSync, readdirSync } = require('node:fs');
      require('node:diagnostics_channel').channel('scope-trace:scope:enter').publish({ scope: {}, name: 'session' });
      process.chdir(process.argv[1]);
      const written = () => readdirSync('.').map((name) => readFileSync(name, 'utf8')).join('');
      setInterval(() => written().includes(',"session"') && process.kill(process.pid, 'SIGTERM'), 5);
    `;
    const folder = join(emptyFolder(), 'kept');
    const outcome = await scopeTrace(['--trace', folder, '--', process.execPath, '-e', source, folder]);
    expect(outcome.code).toBe(143);
    expect(flat(outcome.stderr)).toContain('the recording has no end, because the program was killed or still runs (open: 1 scope)');
    expect(outcome.stderr).not.toContain('unfinished-at-exit');
  });

  it('is read when one of its files is none, and says so', async () => {
    const { folder } = await record();
    execFileSync('mkfifo', [join(folder, 'a.jsonl')]);
    mkdirSync(join(folder, 'b.jsonl'));
    const outcome = await scopeTrace(['report', folder]);
    expect(outcome.code).toBe(66);
    expect(flat(outcome.stdout)).toContain('a.jsonl cannot be read: it is no regular file.');
    expect(flat(outcome.stdout)).toContain('b.jsonl cannot be read: it is no regular file.');
  });

  it('is refused when none of its files can be read', async () => {
    const { folder, file } = await record();
    rmSync(file);
    mkdirSync(file);
    const outcome = await scopeTrace(['report', folder]);
    expect(outcome).toMatchObject({ code: 64, stdout: '' });
    expect(outcome.stderr).toContain(`The recording "${file}" cannot be read: it is no regular file.`);
  });

  it('is refused when its session.json would never end', async () => {
    const folder = emptyFolder();
    symlinkSync('/dev/zero', join(folder, 'session.json'));
    expect((await scopeTrace(['report', folder])).code).toBe(64);
    expect((await scopeTrace(['--trace', folder, '--', process.execPath, '-e', '0'])).code).toBe(64);
  });

  it('is read as far as memory goes, and says how much was left out', async () => {
    const { folder, file } = await record();
    const lines = readFileSync(file, 'utf8').split('\n');
    const end = lines.findIndex((line) => line.includes('program-ended'));
    const scopes = Array.from({ length: 100_000 }, (_, index) =>
      [
        `{"kind":"scope-entered","scope":${index + 1000},"call":1,"scopeKind":"explicit","name":"s","stack":[],"atMs":9}`,
        `{"kind":"scope-exited","scope":${index + 1000},"call":1,"stack":[],"atMs":9}`,
      ].join('\n'),
    );
    writeFileSync(file, [...lines.slice(0, end), ...scopes, ...lines.slice(end)].join('\n'));
    const outcome = await scopeTrace(['report', folder], { env: { NODE_OPTIONS: '--max-old-space-size=120' } });
    expect(outcome.code).toBe(66);
    expect(outcome.stdout.replace(/\s+/g, ' ')).toMatch(/\d+ records of \S+ were left out, because they do not fit in memory/);
    expect(outcome.stdout).not.toContain('has no end');
  });

  it('counts records of kinds that are not known', async () => {
    const { folder, file } = await record();
    appendFileSync(file, '{"kind":"moon-risen","atMs":1}\n');
    expect((await scopeTrace(['report', folder])).stdout).toMatch(/unknown kind: 1 record/);
  });
});

describe('a folder that is no recording', () => {
  it.each<[string, (folder: string) => unknown, string]>([
    ['is empty', () => undefined, 'is empty'],
    ['holds other files', (folder) => put(folder, 'notes.txt', 'mine'), 'holds no recording of scope-trace'],
    ['holds lines of something else', (folder) => put(folder, 'log.jsonl', '{"level":"info"}\n'), 'holds no recording'],
    ['has a session.json of something else', (folder) => put(folder, 'session.json', '{"kind":"other"}'), 'holds no recording'],
    ['holds only folders', (folder) => mkdirSync(join(folder, 'a.jsonl')), 'holds no recording'],
  ])('is refused with a sentence when it %s', async (_, fill, sentence) => {
    const folder = emptyFolder();
    fill(folder);
    const outcome = await scopeTrace(['report', folder]);
    expect(outcome).toMatchObject({ code: 64, stdout: '' });
    expect(outcome.stderr).toContain(sentence);
    expect(outcome.stderr).not.toMatch(/^\s+at /m);
  });

  it('is refused when it does not exist', async () => {
    const outcome = await scopeTrace(['report', join(emptyFolder(), 'missing')]);
    expect(outcome.code).toBe(64);
    expect(outcome.stderr).toContain('cannot be read: it does not exist');
  });

  it.each(['session.json', 'program'])('is refused when its %s speaks another protocol', async (which) => {
    const { folder, file } = await record();
    const path = which === 'program' ? file : join(folder, 'session.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"protocol": ?\d+/, '"protocol":999'));
    const outcome = await scopeTrace(['report', folder]);
    expect(outcome.code).toBe(64);
    expect(outcome.stderr).toContain(`in protocol 999; this version reads protocol ${PROTOCOL_VERSION}`);
  });
});
