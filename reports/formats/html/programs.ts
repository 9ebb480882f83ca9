/** What ran, how it ended, and what limits the answer. */
import { group } from '../../describe/words.ts';
import type { Report, ReportProgram } from '../../report.ts';
import { nameProgram } from '../program-name.ts';
import { noteIgnores } from '../ignore-notes.ts';
import { limitsOf } from '../summary.ts';
import { html, nothing, type Markup } from './markup.ts';
import { tellMs } from './words.ts';

/** Nobody reads on. */
const MOST = 500;

export function writePrograms({ programs }: Report): Markup {
  if (programs.length === 0) return nothing;
  const left = programs.length - MOST;
  return html`<section id="programs" aria-labelledby="programs-title">
<h2 id="programs-title">Programs</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="programs-title"><table>
<thead><tr><th scope="col">Program</th><th scope="col">Ended</th><th scope="col" class="number">Ran</th><th scope="col" class="number">Tasks</th><th scope="col" class="number">Scopes</th><th scope="col" class="number">Waiting at the end</th><th scope="col">Node</th></tr></thead>
<tbody>
${programs.slice(0, MOST).map(writeProgram)}</tbody></table></div>
${left > 0 ? html`<p class="note">And ${group(left)} more.</p>` : nothing}</section>
`;
}

function writeProgram(program: ReportProgram): Markup {
  const { durationMs, tasks, inferredTasks, scopes, pendingTasks, node } = program;
  const inferred = inferredTasks === 0 ? '' : ` (${group(inferredTasks)} inferred)`;
  return html`<tr><th scope="row">${nameProgram(program)}</th><td>${tellEnd(program)}</td><td class="number">${tellMs(durationMs)}</td><td class="number">${group(tasks)}${inferred}</td><td class="number">${group(scopes)}</td><td class="number">${group(pendingTasks)}</td><td>${node ?? ''}</td></tr>
`;
}

function tellEnd({ ended, exitCode, signal }: ReportProgram): string {
  if (ended === 'killed') return 'killed, or still running';
  if (ended === 'signal') return `by ${signal ?? 'a signal'}`;
  const code = exitCode === undefined ? '' : `, exit code ${exitCode}`;
  return ended === 'drained' ? `by itself${code}` : `by process.exit${code}`;
}

/** Losses, caveats, cases that were not judged, what the timeline leaves out. */
export function writeLimits(report: Report, timelineNotes: readonly string[]): Markup {
  const several = report.programs.length > 1;
  const lines = new Set([
    ...report.programs.flatMap((program) => [
      ...limitsOf(program).map((text) => (several ? `${nameProgram(program)}: ${text}` : text)),
      ...program.caveats,
    ]),
    ...report.undecided.map(({ text }) => text),
    ...noteIgnores(report),
    ...timelineNotes,
  ]);
  if (lines.size === 0) return nothing;
  return html`<section id="limits" aria-labelledby="limits-title">
<h2 id="limits-title">What limits this report</h2>
<ul>
${[...lines].slice(0, MOST).map((text) => html`<li>${text}</li>
`)}</ul>
</section>
`;
}

/** What the baseline knows, and this run has not found. */
export function writeFixed({ fixed = [] }: Report): Markup {
  if (fixed.length === 0) return nothing;
  return html`<section id="fixed" aria-labelledby="fixed-title">
<h2 id="fixed-title">Not found any more</h2>
<ul>
${fixed.slice(0, MOST).map(({ rule, message }) => html`<li><b>${rule}</b> ${message}</li>
`)}</ul>
</section>
`;
}
