/** The summary that ends every run: what was found, and how much was seen. */
import { count, group } from '../describe/words.ts';
import type { Report, ReportFollowing, ReportProgram } from '../report.ts';
import { countAccepted } from '../report/totals.ts';
import { formatFinding } from './finding-text.ts';
import { noteIgnores } from './ignore-notes.ts';
import { shortenNames } from './long-names.ts';
import { nameProgram } from './program-name.ts';
import type { FormatOptions } from './style.ts';
import { sanitize, wrap } from './wrap.ts';

const NARROWEST = 20;

/** Text that ends with a line end. One line when there is nothing to say but the counts. */
export function formatSummary(report: Report, given: FormatOptions): string {
  const options = { style: given.style, width: Math.max(NARROWEST, given.width) };
  const names = nameProgramsOf(report);
  const shorten = shortenNames(report);
  const shown = new Set<string>();
  const open = report.findings.filter(({ accepted }) => accepted === undefined);
  const findings = open.map((finding) =>
    formatFinding(finding, names.get(finding.program), { ...options, shorten, shown }).join('\n'),
  );
  const notes = noteLimits(report, options);
  const parts = [...findings, ...(notes.length === 0 ? [] : [notes.join('\n')]), countsLine(report, options)];
  return `${parts.join('\n\n')}\n`;
}

/** Only a session of several programs needs to say which one a finding is about. */
function nameProgramsOf({ programs }: Report): ReadonlyMap<string, string> {
  if (programs.length < 2) return new Map();
  return new Map(programs.map((program) => [program.id, nameProgram(program)]));
}

/** What limits the answer: losses, caveats, cases that could not be judged. */
function noteLimits(report: Report, { style, width }: FormatOptions): string[] {
  const lines = new Set<string>(limitsByText(report));
  for (const program of report.programs) for (const caveat of program.caveats) lines.add(caveat);
  for (const text of noteIgnores(report)) lines.add(text);
  for (const [text, times] of tally(report.undecided.map((one) => one.text))) {
    lines.add(times === 1 ? text : `${text} (in ${count(times, 'program')})`);
  }
  return [...lines].flatMap((text) => hang(`${style.yellow('!')} `, wrap(sanitize(text), width - 2)));
}

/** So many are named: a pool that is closed may leave a hundred workers. */
const MOST_NAMED = 2;

/** What is the same for several programs is said once. */
function limitsByText({ programs }: Report): string[] {
  const names = new Map<string, string[]>();
  for (const program of programs) {
    for (const text of limitsOf(program)) {
      const all = names.get(text);
      if (all === undefined) names.set(text, [nameProgram(program)]);
      else all.push(nameProgram(program));
    }
  }
  if (programs.length < 2) return [...names.keys()];
  return [...names].map(([text, all]) => {
    const more = all.length - MOST_NAMED;
    const named = more > 1 ? [...all.slice(0, MOST_NAMED), `${group(more)} others`] : all;
    return `${join(named)}: ${text}`;
  });
}

function join(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** What limits what can be said of one program, one sentence each. */
export function limitsOf({ losses, ended, openWhenKilled, following, thread }: ReportProgram): string[] {
  const lines: string[] = [];
  if (following !== undefined) lines.push(tellUnfollowed(following));
  if (losses.dropped > 0) {
    lines.push(`${count(losses.dropped, 'record')} could not be kept: findings may be missing.`);
  }
  if (losses.stopped !== undefined) lines.push(`the tracker stopped early: ${losses.stopped}`);
  for (const failure of losses.failures) if (failure !== losses.stopped) lines.push(failure);
  if (losses.unknownRecords > 0) {
    lines.push(`left out, because of an unknown kind: ${count(losses.unknownRecords, 'record')}.`);
  }
  if (ended === 'killed') {
    const open = openWhenKilled === 0 ? '' : ` (open: ${count(openWhenKilled, 'scope')})`;
    const why = thread ? 'the worker was terminated or still ran' : 'the program was killed or still runs';
    lines.push(`the recording has no end, because ${why}${open}.`);
  }
  return lines;
}

function tellUnfollowed({ computedMs, unfollowedMs }: ReportFollowing): string {
  const percent = computedMs === 0 ? 0 : Math.round((unfollowedMs / computedMs) * 100);
  const share = percent === 0 ? 'less than 1 %' : `${percent} %`;
  return (
    `promises were not followed for ${share} of the computing time, so that the program does not take longer than ` +
    '--slowdown allows: findings may be missing.'
  );
}

/** Puts a mark of two columns before the first line, and as much room before the others. */
function hang(mark: string, lines: readonly string[]): string[] {
  return lines.map((line, at) => (at === 0 ? `${mark}${line}` : `  ${line}`));
}

function tally(texts: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  return times;
}

function countsLine({ totals, findings, runs, fixed = [] }: Report, { style, width }: FormatOptions): string {
  const { violation, leak, info, occurrences } = totals.findings;
  const found = violation + leak + info;
  const inferred = totals.inferredTasks === 0 ? '' : ` (${group(totals.inferredTasks)} inferred)`;
  const seen = [
    ...(runs === undefined ? [] : [count(runs.length, 'run')]),
    count(totals.programs, 'program'),
    `${count(totals.tasks, 'task')}${inferred}`,
    count(totals.scopes, 'scope'),
  ];
  const kinds = [
    ...(violation > 0 ? [count(violation, 'violation')] : []),
    ...(leak > 0 ? [count(leak, 'leak')] : []),
    ...(info > 0 ? [`${group(info)} info`] : []),
  ];
  const times = occurrences > found ? `, ${group(occurrences)} times in all` : '';
  const verdict = found === 0 ? 'no findings' : `${count(found, 'finding')} (${kinds.join(', ')}${times})`;
  const mark = found === 0 ? style.green('✔') : violation > 0 ? style.red('✖') : leak > 0 ? style.yellow('▲') : style.cyan('•');
  const { known: amount, ignored } = countAccepted(findings);
  const known = (amount === 0 ? '' : `; ${count(amount, 'finding')} of the baseline left out`) + (ignored === 0 ? '' : `; ${group(ignored)} ignored`);
  const gone = fixed.length === 0 ? '' : `; ${group(fixed.length)} of the baseline not found any more`;
  const lines = wrap(`scope-trace: ${verdict} in ${seen.join(', ')}${known}${gone}`, width - 2);
  const quiet = found === 0 ? style.dim : style.bold;
  return hang(`${mark} `, lines.map(quiet)).join('\n');
}
