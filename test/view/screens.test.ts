/** What is drawn, at the widths that terminals have. */
import chalk from 'chalk';
import { renderToString } from 'ink';
import { createElement } from 'react';
import { beforeAll, describe, expect, it } from 'vitest';
import { plainStyle } from '../../reports/index.ts';
import { App } from '../../src/view/app.tsx';
import { drawCompact } from '../../src/view/compact-lines.ts';
import { MAIN, Recording } from '../reports/recording.ts';
import { Viewer } from './viewer.ts';

beforeAll(() => {
  chalk.level = 0;
});

function draw(viewer: Viewer): string[] {
  const snapshot = viewer.snapshot();
  return renderToString(createElement(App, { snapshot }), { columns: snapshot.columns }).split('\n');
}

function busy(columns: number): Viewer {
  const recording = new Recording();
  const read = recording.named('読み取り', MAIN);
  recording.add({ kind: 'call-standing', call: read, waits: true, handle: 'timer', at: recording.site('/app/poll.mjs:7:1') });
  recording.named('a name that is much longer than there is room for on any terminal of the usual width, and then some', read);
  return new Viewer({ columns, rows: 12 }).read(recording).wait(1500);
}

describe('the screen', () => {
  it.each([60, 80, 120])('is as large as the terminal less one row, at %i columns', (columns) => {
    const lines = draw(busy(columns));
    expect(lines).toHaveLength(11);
    // Wide characters take two columns.
    for (const line of lines) expect(line.length + (line.match(/[\u3040-\u9fff]/g)?.length ?? 0)).toBeLessThanOrEqual(columns);
  });

  it('says what matters at 60 columns', () => {
    const [status, tabs, head, main, read] = draw(busy(60));
    expect(status).toMatch(/^● live {2}no findings {2}1 program {2}3 tasks/);
    expect(tabs).toMatch(/^1 Tasks/);
    expect(head).toMatch(/STATE +AGE +WAITED +FI TASK/);
    expect(main).toMatch(/^› running +1\.5s +▾ main/);
    expect(read).toMatch(/waiting +1\.4s +1\.4s .*task "読み取り"/);
  });

  it('says what tasks wait for where there is room for it', () => {
    expect(draw(busy(80)).join('\n')).toContain('timer at /app/');
    expect(draw(busy(60)).join('\n')).not.toContain('timer at');
  });

  it('shows keys, a search that is typed, and nothing at all in a sentence', () => {
    expect(draw(busy(80).press('?')).join('\n')).toContain('another screen');
    expect(draw(busy(80).press('/', 't', 'a')).at(-1)).toMatch(/^\/ta/);
    expect(draw(new Viewer({ columns: 80, rows: 12 })).join('\n')).toContain('No program of this session has been seen yet.');
  });

  it('is one line in a region of a few rows, as long as nothing was found', () => {
    const viewer = new Viewer({ columns: 60, rows: 12, compact: true }).read(new Recording());
    expect(drawCompact(viewer.snapshot(), 60, plainStyle).slice(1)).toEqual(['● live  no findings  1 program  1 task  0 scopes open  0 re…']);
    const newest = { severity: 'leak', rule: 'leaked-task', message: '読み取り '.repeat(20), place: 'app.mjs:1', count: 3 } as const;
    const [rule, , finding] = drawCompact({ ...viewer.snapshot(), newest }, 60, plainStyle);
    expect(rule).toHaveLength(60);
    expect(finding).toMatch(/^▲ leaked-task ×3 読み取り .*…$/);
    expect(finding?.length ?? 0).toBeLessThan(43);
  });
});
