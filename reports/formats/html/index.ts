/**
 * One file for people, which needs no network: what went wrong as plain HTML, which can be read without scripts too, and a timeline
 * that a script draws of the data in the file. The script comes with the options, and its hash is the only one that the file's
 * policy lets run.
 */
import { count, group } from '../../describe/words.ts';
import type { Finding } from '../../finding.ts';
import type { ProgramId } from '../../../tracker/protocol.ts';
import type { Report } from '../../report.ts';
import { timelineFor } from '../../timeline/index.ts';
import type { Timeline } from '../../timeline/model.ts';
import { rowsOf, type Rows } from '../../timeline/moments.ts';
import { inOrder } from '../in-order.ts';
import { shortenNames } from '../long-names.ts';
import { nameProgram } from '../program-name.ts';
import type { FormatOptions, Page } from '../style.ts';
import type { PageData } from './data-shape.ts';
import { embed, encodeData } from './data.ts';
import { writeFindings } from './findings.ts';
import { html, nothing, type Markup } from './markup.ts';
import { writeFixed, writeLimits, writePrograms } from './programs.ts';
import { writeTimeline, writeTree } from './timeline.ts';
import { writeWaits } from './waits.ts';
import { tellMs } from './words.ts';

export function formatHtml(report: Report, options: FormatOptions): string {
  const timeline = timelineFor(report, options);
  const findings = inOrder(report.findings);
  const rows = memoiseRows(timeline);
  const names = new Map(report.programs.length < 2 ? [] : report.programs.map((program) => [program.id, nameProgram(program)]));
  const means = { options, shorten: shortenNames(report), rows: ({ program }: Finding) => rows(program), where: ({ program }: Finding) => names.get(program) };
  const hasTasks = options.page !== undefined && timeline.programs.some(({ tasks }) => tasks.length > 0);
  const sections = [
    writeFindings(findings, means),
    hasTasks ? writeTimeline(tellUntold(report, timeline)) : nothing,
    hasTasks ? writeTree() : nothing,
    writeWaits(timeline, options),
    writePrograms(report),
    writeFixed(report),
    writeLimits(report, notesOf(timeline)),
  ];
  const data = hasTasks ? encodeData(timeline, findings, means.rows, options) : undefined;
  const { markup } = writeDocument(report, sections, options.page, data);
  return `${markup}\n`;
}

function memoiseRows({ programs }: Timeline): (id: ProgramId) => Rows | undefined {
  const made = new Map<ProgramId, Rows>();
  return (id) => {
    const program = programs.find((one) => one.id === id);
    if (program !== undefined && !made.has(id)) made.set(id, rowsOf(program));
    return made.get(id);
  };
}

function notesOf({ source, omitted }: Timeline): string[] {
  const left = [
    ...(omitted.tasks === 0 ? [] : [count(omitted.tasks, 'task')]),
    ...(omitted.scopes === 0 ? [] : [count(omitted.scopes, 'scope')]),
  ];
  return [
    ...(source === 'report'
      ? ['The timeline is made of a JSON report, which says nothing of aborts, of when tasks were joined, of what a dump found, and of when programs started. All of it is there with: scope-trace report <recording> --format html']
      : []),
    ...(left.length === 0 ? [] : [`The timeline leaves out ${left.join(' and ')}; what findings speak of is there.`]),
  ];
}

/** A task is told when something happens in it that may matter; the others are only counted. */
function tellUntold({ totals }: Report, { programs, omitted }: Timeline): string {
  const untold = totals.tasks - omitted.tasks - programs.reduce((sum, { tasks }) => sum + tasks.length, 0);
  return untold <= 0 ? '' : `${count(untold, 'more task')}, in which nothing happened that matters here, ${untold === 1 ? 'is' : 'are'} only counted.`;
}

function writeDocument(report: Report, sections: readonly Markup[], page: Page | undefined, data: PageData | undefined): Markup {
  const verdict = tellVerdict(report);
  const policy = ["default-src 'none'", `script-src ${quote(page?.scriptHash)}`, `style-src ${quote(page?.styleHash)}`, "base-uri 'none'", "form-action 'none'"].join('; ');
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ markup: policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${verdict.title}: scope-trace</title>
${page === undefined ? nothing : html`<style>${{ markup: page.style }}</style>
`}</head>
<body>
<a class="skip" href="#main">Skip to what was found</a>
<header>
<p class="tool">scope-trace <span class="dim">${report.tool.version} · <time datetime="${report.createdAt}">${report.createdAt.slice(0, 16).replace('T', ' ')} UTC</time></span> <button type="button" id="theme" hidden>Dark</button></p>
<h1 class="${verdict.kind}"><span aria-hidden="true">${verdict.mark}</span> ${verdict.title}</h1>
<p class="facts">${tellFacts(report)}</p>
${report.command === undefined ? nothing : html`<p class="command"><code>$ ${report.command.join(' ')}</code></p>
`}${writeContents(sections)}</header>
<main id="main">
${sections}</main>
${data === undefined || page === undefined ? nothing : html`<script type="application/json" id="data">${{ markup: embed(data) }}</script>
<script>${{ markup: page.script }}</script>
`}</body>
</html>`;
}

function quote(hash: string | undefined): string {
  return hash === undefined ? "'none'" : `'${hash}'`;
}

interface Verdict {
  readonly title: string;
  readonly kind: 'violation' | 'leak' | 'quiet';
  readonly mark: string;
}

function tellVerdict({ totals, programs }: Report): Verdict {
  const { violation, leak, info, accepted } = totals.findings;
  const found = [
    ...(violation === 0 ? [] : [count(violation, 'violation')]), ...(leak === 0 ? [] : [count(leak, 'leak')]), ...(info === 0 ? [] : [`${group(info)} info`]),
  ];
  if (violation > 0) return { title: found.join(', '), kind: 'violation', mark: '✖' };
  if (leak > 0) return { title: found.join(', '), kind: 'leak', mark: '▲' };
  if (info > 0) return { title: found.join(', '), kind: 'quiet', mark: '•' };
  if (programs.length === 0) return { title: 'No Node.js program was traced', kind: 'leak', mark: '!' };
  return { title: accepted === 0 ? 'Nothing was found' : `Nothing new, ${count(accepted, 'finding')} accepted`, kind: 'quiet', mark: '✔' };
}

function tellFacts({ totals, programs }: Report): string {
  const inferred = totals.inferredTasks === 0 ? '' : ` (${group(totals.inferredTasks)} inferred)`;
  const { violation, leak, info, occurrences } = totals.findings;
  const times = occurrences > violation + leak + info ? [`${group(occurrences)} times in all`] : [];
  const accepted = totals.findings.accepted === 0 ? [] : [`${group(totals.findings.accepted)} accepted`];
  const ran = Math.max(0, ...programs.map(({ durationMs }) => durationMs));
  return [...times, ...accepted, count(totals.programs, 'program'), `${count(totals.tasks, 'task')}${inferred}`, count(totals.scopes, 'scope'), tellMs(ran)].join(' · ');
}

function writeContents(sections: readonly Markup[]): Markup {
  const links = sections.flatMap(({ markup }) => {
    const [, id, title] = /^<section id="([a-z]+)"[^]*?<h2[^>]*>([^<]*)<\/h2>/.exec(markup) ?? [];
    return id === undefined || title === undefined ? [] : [html`<a href="#${id}">${{ markup: title }}</a>`];
  });
  return links.length < 2 ? nothing : html`<nav aria-label="Sections">${links}</nav>
`;
}
