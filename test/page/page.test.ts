/** The HTML report in a real browser. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTimeline, foldProgram, foldSession, formats, identitySources, plainStyle, type Page as Bundle, type Sources } from '../../reports/index.ts';
import { MAIN, Recording, reportOf } from '../reports/recording.ts';
import { findChromium } from '../support/chromium.ts';

const executablePath = findChromium();
const bundle = JSON.parse(readFileSync(new URL('../../dist/report-page.json', import.meta.url), 'utf8')) as Bundle;
const plainSources: Sources = {
  ...identitySources,
  excerpt: ({ line }) => ({ firstLine: Math.max(1, line - 1), lines: ['before()', 'const scope = enterScope("<b>\u202e")', 'after()'] }),
};

/** What a page must never run, whoever names a task so. */
const HOSTILE = [
  '</script><script>window.hacked = 1</script>', '<img src=x onerror="window.hacked = 1">', '"><svg onload=window.hacked=1>', "'; window.hacked = 1; '",
  'javascript:window.hacked=1', '${window.hacked = 1}', '\u2028window.hacked = 1', 'admin\u202etxt.exe', '-->', '\u0000\ud800', '漢字 😀', 'x'.repeat(5000),
];

function write(recordings: readonly Recording[], from: 'recording' | 'report' = 'recording', sources: Sources = plainSources): string {
  const session = foldSession(recordings.map(({ records }) => foldProgram(records)));
  const report = reportOf(recordings, sources);
  const timeline = from === 'report' ? {} : { timeline: () => createTimeline(session, report.findings, sources) };
  return formats.find(({ id }) => id === 'html')?.format(report, { style: plainStyle, width: 100, page: bundle, ...timeline }) ?? '';
}

/** One task opens a session, another one closes it; a third works under a signal that is aborted. */
function tell(name: string, r = new Recording()): Recording {
  const open = r.named(`OPEN ${name}`, MAIN, { from: r.site('app.mjs:31') });
  const scope = r.enter(`session ${name}`, open, { stack: [r.site('client.mjs:6:15 connect')] });
  r.wait(40).end(open);
  const close = r.named(`CLOSE ${name}`, MAIN, { from: r.site('app.mjs:44') });
  const worker = r.spawn(close);
  r.add({ kind: 'signal-created', signal: 1, how: 'controller', call: close });
  r.add({ kind: 'signal-used', signal: 1, call: worker, how: 'listener', aborted: false, stack: [] });
  r.wait(30).add({ kind: 'signal-aborted', signal: 1, call: close, users: [worker], stack: [] });
  return r.exit(scope, close, [r.site('client.mjs:10:15 close')]).end(worker).join(worker, close).end(close);
}

/** A race that is decided while its loser still works. */
function racing(r = new Recording()): Recording {
  const loser = r.spawn(MAIN, { site: r.site('/app/app.mjs:4:1 query'), from: r.site('/app/app.mjs:2:30 count') });
  r.add({ kind: 'race-decided', race: 1, how: 'race', call: MAIN, losers: [loser], through: [], stack: [r.site('/app/app.mjs:2:24 count')] });
  r.wait(200).add({ kind: 'loser-worked', race: 1, call: loser });
  return r.wait(10).end(loser).ended();
}

describe.skipIf(executablePath === undefined)('the HTML report in Chromium (left out where there is none: name one with CHROMIUM)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  const put = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return pathToFileURL(file).href;
  };
  let browser: Browser;
  let page: Page;
  let seen: { requests: string[]; errors: string[] };

  const open = async (text: string): Promise<void> => {
    seen = { requests: [], errors: [] };
    page.removeAllListeners();
    page.on('request', (request) => seen.requests.push(request.url()));
    page.on('console', (message) => message.type() === 'error' && seen.errors.push(message.text()));
    page.on('pageerror', (error) => seen.errors.push(String(error)));
    await page.goto(put('report.html', text));
    await page.waitForFunction('document.documentElement.dataset.ready === "true"');
  };
  /** Colours on the canvas, and how many pixels have each. */
  const paint = async (): Promise<Map<string, number>> =>
    new Map(await page.evaluate<[string, number][]>(`new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
      const canvas = document.querySelector('canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const counts = new Map();
      for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) {
        const colour = [data[at], data[at + 1], data[at + 2]].join();
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
      resolve([...counts]);
    })))`));
  const ticks = (): Promise<string[]> => page.locator('#axis text').allTextContents();

  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => {
    // One file, no network, and nothing that its policy forbids.
    expect(seen.requests).toHaveLength(1);
    expect(seen.errors).toEqual([]);
  });

  it('says what went wrong and where, draws it, and is found by its roles', async () => {
    await open(write([tell('A').ended()]));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('1 violation');
    const finding = page.getByRole('article', { name: /was entered by task "OPEN A" and exited by task "CLOSE A"/ });
    expect(await finding.getByText('client.mjs:10:15').count()).toBeGreaterThan(0);
    expect(await finding.locator('mark').allTextContents()).toEqual(['enterScope', 'enterScope']);
    expect(await finding.getByRole('img', { name: /session A from 2 ms/ }).count()).toBe(1);
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['Findings', 'Timeline', 'Task tree', 'Programs']);
    for (const [role, name] of [['listbox', 'Tasks over time'], ['tree', 'Task tree'], ['searchbox', 'Search'], ['combobox', 'Show'], ['toolbar', 'Timeline']] as const) {
      expect(await page.getByRole(role, { name }).count(), role).toBe(1);
    }
    const colours = await paint();
    // A scope's blue, and the red of what is wrong with it.
    expect(colours.get('47,111,222') ?? 0).toBeGreaterThan(500);
    expect(colours.get('200,16,46') ?? 0).toBeGreaterThan(20);
    await finding.getByRole('button', { name: 'Show in the timeline' }).click();
    expect(await page.locator('#details h3').textContent()).toBe('task "CLOSE A"');
    expect(await page.locator('#details a').textContent()).toBe('cross-task-exit');
  });

  it('is used by keys alone: search, select, zoom, pan, tree', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('close');
    expect(await page.locator('#matches').textContent()).toBe('1 of 4 tasks');
    await page.keyboard.press('Enter');
    expect(await page.locator('#lane').textContent()).toMatch(/^task "CLOSE A", app\.mjs:44:1, started at 44 ms, ended at/);
    await page.locator('#search').fill('');
    await page.locator('#lanes').focus();
    await page.keyboard.press('0');
    const whole = await ticks();
    for (let times = 0; times < 4; times++) await page.keyboard.press('+');
    await paint();
    const near = await ticks();
    expect(near).not.toEqual(whole);
    await page.keyboard.press('ArrowRight');
    await paint();
    expect(await ticks()).not.toEqual(near);
    await page.keyboard.press('0');
    await paint();
    expect(await ticks()).toEqual(whole);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('#lane').getAttribute('aria-posinset')).toBe('2');
    expect(await page.locator('#details h3').textContent()).toBe('task "OPEN A"');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.getAttribute("role") + document.activeElement.querySelector("b").textContent')).toBe('treeitemtask "OPEN A"');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate('document.activeElement.querySelector("b").textContent')).toBe('main');
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByRole('treeitem').count()).toBe(1);
  });

  it('is dark where the system is, and where its reader wants it', async () => {
    const back = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await back();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await back();
    expect(dark).not.toBe(light);
    expect((await paint()).has('90,147,242')).toBe(true);
    await page.getByRole('button', { name: 'Light' }).click();
    expect(await back()).toBe(light);
    expect((await paint()).has('90,147,242')).toBe(false);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await back()).toBe(light);
  });

  it('runs nothing that a program has named, and shows what would not be seen', async () => {
    const r = new Recording({ argv: ['node', ...HOSTILE] });
    for (const name of HOSTILE) tell(name, r);
    await open(write([r.ended()]));
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    const shown = await page.locator('body').innerText();
    for (const text of ['</script><script>window.hacked = 1</script>', '⟨U+202E⟩', '⟨U+2028⟩']) expect(shown).toContain(text);
    expect(shown).not.toMatch(/[\u202e\u2028]/);
    await page.locator('#search').fill('</script>');
    expect(await page.locator('#matches').textContent()).toMatch(/^2 of /);
    await page.locator('#search').press('Enter');
    expect(await page.locator('#details h3').textContent()).toContain('OPEN </script><script>');
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    // The policy itself holds: what somebody manages to put in does not run.
    await page.evaluate('document.body.append(Object.assign(document.createElement("script"), { textContent: "window.hacked = 1" }))');
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(seen.errors.splice(0)).toEqual([expect.stringContaining('Content Security Policy')]);
  });

  it('opens with 50,000 tasks, and shows those of findings first', async () => {
    const r = tell('A');
    for (let at = 0; at < 50_000; at++) r.end(r.spawn(MAIN));
    await open(write([r.ended()]));
    expect(await page.locator('#matches').textContent()).toBe('3 of 50,004 tasks');
    await page.locator('#filter').selectOption('all');
    await page.locator('#lanes').focus();
    await page.keyboard.press('End');
    expect(await page.locator('#lane').getAttribute('aria-posinset')).toBe('50004');
    expect((await paint()).size).toBeGreaterThan(10);
    expect(await page.getByRole('treeitem').count()).toBeLessThan(200);
  });

  it('shows several programs, what a dump found, and an empty session', async () => {
    const child = new Recording({ program: '8-0-1', parent: '7-0-1', pid: 8, startedAtEpochMs: 1_700_000_000_500 });
    const waiter = child.spawn(MAIN, { site: child.site('lock.mjs:3 take') });
    child.enter('left open', waiter);
    child.add({ kind: 'program-dumped', protocol: 2, tracker: '0.0.0', program: '8-0-1', why: 'request', verdicts: 1 });
    child.add({ kind: 'verdict-reached', verdict: 1, outcome: 'never', certain: true, circular: false, waiting: 1, dependents: 0, held: 'Lock#q' });
    child.add({ kind: 'waiter-named', verdict: 1, name: 'take', module: false, iterates: false, call: waiter, stack: [child.site('lock.mjs:9 take')], awaited: false });
    await open(write([tell('A').ended(), child]));
    expect(await page.locator('#waits').innerText()).toMatch(/Nothing can settle this \(Lock#q\)[^]*take[^]*lock\.mjs:9/);
    await page.locator('#filter').selectOption({ label: 'only node app.mjs (process 8) (2)' });
    expect(await page.locator('#matches').textContent()).toBe('2 of 6 tasks');
    expect(await page.getByRole('table').getByRole('row').allTextContents()).toEqual(expect.arrayContaining([expect.stringContaining('killed, or still running')]));
    await open(write([tell('A').ended()], 'report'));
    expect(await page.locator('#limits').textContent()).toContain('made of a JSON report');
  });

  it('shows the code of a cure as it stands and as it should be, whatever is written there', async () => {
    const lines = ['async function count(sql) {', '  return await Promise.race([query(sql, "</pre><script>window.hacked = 1</script>"), timeout(30)]);', '}', 'async function query(sql, label) {}'];
    await open(write([racing()], 'recording', { ...plainSources, excerpt: ({ line }, around) => ({ firstLine: Math.max(1, line - around), lines: lines.slice(Math.max(0, line - around - 1), line + around) }) }));
    const finding = page.getByRole('article', { name: /went on/ });
    const [before, after] = [finding.getByRole('group', { name: 'As it stands' }), finding.getByRole('group', { name: 'As it should be, with deadline of scope-trace/remedies' })];
    expect(await before.locator('code').allTextContents()).toEqual(['return await Promise.race([query(sql, "</pre><script>window.hacked = 1</script>"), timeout(30)]);']);
    expect(await after.locator('code').allTextContents()).toEqual(['return await deadline(30, ({ signal }) => query(sql, "</pre><script>window.hacked = 1</script>", { signal }));']);
    expect(await finding.getByText('Let `query` take the signal').count()).toBe(1);
    // Both are reached and scrolled by keys, and their signs are not read out.
    await before.focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.closest("figure").className')).toBe('after');
    expect(await finding.locator('.sign:not([aria-hidden])').count()).toBe(0);
    const backs = (): Promise<string[]> => page.evaluate('[...document.querySelectorAll(".cure pre")].map((code) => getComputedStyle(code).backgroundColor)');
    const light = await backs();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(new Set([...light, ...(await backs())]).size).toBe(4);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await page.evaluate('window.hacked')).toBeUndefined();
  });

  it('can be read where scripts do not run', async () => {
    const quiet = await browser.newContext({ javaScriptEnabled: false });
    const read = await quiet.newPage();
    await read.goto(put('plain.html', write([tell('A').ended()])));
    expect(await read.getByRole('article').count()).toBe(1);
    expect(await read.locator('body').innerText()).toContain('drawn by a script, which does not run here');
    expect(await read.locator('#lanes').isVisible()).toBe(false);
    await quiet.close();
  });
});
