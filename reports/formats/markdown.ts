/** Markdown for the comment of a pull request, or the summary of a CI job. */
import { count } from '../describe/words.ts';
import { REMEDIES } from '../cures/cure.ts';
import type { Finding, FindingPlace, TaskReference } from '../finding.ts';
import type { Report } from '../report.ts';
import { countAccepted } from '../report/totals.ts';
import { escapeMarkdown, fence } from './escape.ts';
import { fails, mainPlaceOf, tellPlace, tellTest, testsOf } from './located.ts';
import type { FormatOptions } from './style.ts';

/** GitHub refuses longer comments: https://github.com/orgs/community/discussions/27190 */
const LONGEST = 65_000;
const MOST_IN_TABLE = 100;
/** Of the comment. Files may have names of any length. */
const LONGEST_TABLE = 30_000;

export function formatMarkdown(report: Report, options: FormatOptions): string {
  const findings = report.findings.filter(({ accepted }) => accepted === undefined);
  if (findings.length === 0) return `### ✅ scope-trace: no findings\n\n${tellWhat(report)}\n`;
  const failing = findings.filter((finding) => fails(finding, options)).length;
  const { violation, leak, info } = report.totals.findings;
  const head = [
    `### ${failing > 0 ? '❌' : '⚠️'} scope-trace: ${count(violation, 'violation')}, ${count(leak, 'leak')}${info === 0 ? '' : `, ${info} info`}`,
    tellWhat(report),
    tabulate(findings, options),
  ].join('\n\n');
  const details: string[] = [];
  let length = head.length;
  for (const finding of findings) {
    const text = detail(finding, options);
    length += text.length + 2;
    if (length > LONGEST) break;
    details.push(text);
  }
  const left = findings.length - details.length;
  const rest = left === 0 ? [] : [`_${count(left, 'further finding')} without details: the comment would be too long._`];
  return `${[head, ...details, ...rest].join('\n\n')}\n`;
}

function tellWhat({ totals, findings, fixed = [] }: Report): string {
  const { known: amount, ignored } = countAccepted(findings);
  const known = (amount === 0 ? '' : ` ${count(amount, 'finding')} of the baseline left out.`) + (ignored === 0 ? '' : ` ${count(ignored, 'finding')} ignored.`);
  const gone = fixed.length === 0 ? '' : ` ${count(fixed.length, 'finding')} of the baseline not found any more.`;
  return `${count(totals.tasks, 'task')} and ${count(totals.scopes, 'scope')} in ${count(totals.programs, 'program')} were looked at.${known}${gone}`;
}

function tabulate(findings: readonly Finding[], options: FormatOptions): string {
  let length = 0;
  const rows = findings.slice(0, MOST_IN_TABLE).map((finding) => {
    const place = mainPlaceOf(finding);
    const cells = [
      fails(finding, options) ? '❌' : finding.severity === 'info' ? 'ℹ️' : '⚠️',
      `\`${finding.rule}\``,
      place === undefined ? '' : escapeMarkdown(tellPlace(place, options)),
      String(finding.count),
    ];
    return `| ${cells.join(' | ')} |`;
  }).filter((row) => (length += row.length + 1) <= LONGEST_TABLE);
  return ['|  | Rule | Place | Times |', '| --- | --- | --- | ---: |', ...rows].join('\n');
}

function detail(finding: Finding, options: FormatOptions): string {
  return [
    `<details><summary><code>${finding.rule}</code> ${escapeMarkdown(finding.message)}</summary>`,
    [
      `- **${finding.roles.task}** ${tellTask(finding.task)}`,
      ...(finding.expectedTask === undefined ? [] : [`- **${finding.roles.expectedTask ?? 'expected'}** ${tellTask(finding.expectedTask)}`]),
      ...testsOf(finding).map((test) => `- **in test** ${escapeMarkdown(tellTest(test, options))}`),
    ].join('\n'),
    ...finding.places.flatMap((place) => tellCode(place, options)),
    `**Advice.** ${escapeMarkdown(finding.advice)}`,
    ...tellCure(finding),
    '</details>',
  ].join('\n\n');
}

/** As a diff, which is shown in colours. */
function tellCure({ cure }: Finding): string[] {
  if (cure === undefined) return [];
  const { before, after, remedy, note, outline } = cure;
  const how = outline === true ? 'in outline' : 'as it should be';
  const mark = (sign: string, text: string): string[] => text.split('\n').map((line) => `${sign} ${line}`);
  return [
    `**Cure.** The code as it stands, and ${how}${remedy === undefined ? '' : `, with \`${remedy}\` of \`${REMEDIES}\``}:`,
    fence([...mark('-', before), ...mark('+', after)].join('\n'), 'diff'),
    ...(note === undefined ? [] : [escapeMarkdown(note)]),
  ];
}

function tellTask({ path }: TaskReference): string {
  return path.map(escapeMarkdown).join(' › ');
}

function tellCode({ label, place, excerpt }: FindingPlace, options: FormatOptions): string[] {
  if (place === undefined) return [];
  const where = `${escapeMarkdown(label)} – ${escapeMarkdown(tellPlace(place, options))}`;
  if (excerpt === undefined) return [where];
  const digits = String(excerpt.firstLine + excerpt.lines.length).length;
  const code = excerpt.lines.map((line, at) => {
    const number = excerpt.firstLine + at;
    return `${number === place.line ? '>' : ' '} ${String(number).padStart(digits)} | ${line}`;
  });
  return [where, fence(code.join('\n'), 'text')];
}
