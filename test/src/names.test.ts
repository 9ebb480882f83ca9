import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../reports/index.ts';
import { formatSummary, plainStyle } from '../../reports/index.ts';
import { emptyFolder, put, scopeTrace } from '../support/command.ts';

/** Exits a scope of a name twice, in a task and a function of such names. */
const PROGRAM = (name: string): string => `
  const { channel } = require('node:diagnostics_channel');
  const name = ${JSON.stringify(name)};
  const scope = {}, task = {};
  function work() {
    channel('scope-trace:scope:enter').publish({ scope, name });
    channel('scope-trace:scope:exit').publish({ scope });
    channel('scope-trace:scope:exit').publish({ scope });
  }
  Object.defineProperty(work, 'name', { value: name });
  channel('scope-trace:task:start').publish({ task, name });
  (async () => work())();
`;

async function reportOn(name: string): Promise<{ readonly stderr: string; readonly report: Report }> {
  const folder = emptyFolder();
  const script = put(folder, `app.cjs`, PROGRAM(name));
  const file = join(folder, 'report.json');
  const { code, stderr } = await scopeTrace(['--report', file, '--', process.execPath, script], { cwd: folder });
  expect(code).toBe(66);
  return { stderr, report: JSON.parse(readFileSync(file, 'utf8')) as Report };
}

describe('names that a program gives', () => {
  it('are shown without what turns, ends, hides or colours a line', async () => {
    const marks = [0x1b, 0x9b, 0x061c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2066, 0x2069, 0xfeff];
    const name = `a${marks.map((code) => String.fromCharCode(code)).join('')}z`;
    const { stderr, report } = await reportOn(name);
    expect(stderr).toContain(`Scope "a${'\ufffd'.repeat(marks.length)}z"`);
    for (const code of marks) expect(stderr, code.toString(16)).not.toContain(String.fromCharCode(code));
    expect(report.findings[0]?.scope?.name).toBe(name);
  });

  it('keep the letters of every language', async () => {
    const name = 'שלום 世界 नमस्ते 👩‍💻';
    expect((await reportOn(name)).stderr.replace(/\s+/g, ' ')).toContain(`Scope "${name}"`);
  });

  it('are shortened for people, and cut for programs where they are a whole page', async () => {
    const { stderr, report } = await reportOn('n'.repeat(5000));
    expect(stderr).toContain(`"${'n'.repeat(79)}…"`);
    expect(stderr).not.toContain('n'.repeat(80));
    expect(report.findings[0]?.scope?.name).toBe(`${'n'.repeat(999)}…`);
    expect((await reportOn('m'.repeat(80))).stderr).toContain(`"${'m'.repeat(80)}"`);
  });
});

describe('a narrow terminal', () => {
  it.each([20, 24, 30, 39, 40])('of %i columns is kept to, but for words that are longer', async (width) => {
    const { report } = await reportOn('session');
    const text = formatSummary(report, { style: plainStyle, width });
    for (const line of text.split('\n')) {
      if (line.length > width) expect(line.trim(), line).not.toContain(' ');
    }
    expect(text).toContain('^');
  });
});
