/** One finding as a person reads it. */
import { count } from '../describe/words.ts';
import type { Finding, FindingPlace, TaskReference } from '../finding.ts';
import { frameCode } from './code-frame.ts';
import type { FormatOptions, Style } from './style.ts';
import { sanitize, wrap, wrapPath } from './wrap.ts';

const INDENT = '  ';
const LABEL_WIDTH = 12;

/** Lines. `where` names the program when a session has several. */
export function formatFinding(finding: Finding, where: string | undefined, options: FormatOptions): string[] {
  const { style } = options;
  const inner = { style, width: options.width - INDENT.length };
  const sentence = wrap(sanitize(finding.message), inner.width).map(style.bold);
  return [
    headline(finding, style),
    ...indent([
      ...sentence,
      ...(where === undefined ? [] : wrap(`in ${sanitize(where)}`, inner.width).map(style.dim)),
      '',
      ...formatTasks(finding, inner),
      ...finding.places.flatMap((place) => formatPlace(place, inner)),
      '',
      ...formatAdvice(finding.advice, inner),
    ]),
  ];
}

function headline(finding: Finding, style: Style): string {
  const mark = finding.severity === 'violation' ? style.red('✖') : style.yellow('▲');
  const colour = finding.severity === 'violation' ? style.red : style.yellow;
  const notes = [finding.severity as string];
  if (finding.certainty === 'inferred') notes.push('task inferred');
  if (finding.count > 1) notes.push(count(finding.count, 'time'));
  return `${mark} ${style.bold(colour(finding.rule))}  ${style.dim(notes.join(' · '))}`;
}

/** Who did it, and who should have. */
function formatTasks({ task, expectedTask, roles }: Finding, options: FormatOptions): string[] {
  return [
    ...formatTask(roles.task, task, options),
    ...(expectedTask === undefined ? [] : formatTask(roles.expectedTask ?? '', expectedTask, options)),
  ];
}

function formatTask(label: string, task: TaskReference, { style, width }: FormatOptions): string[] {
  const note = task.certainty === 'inferred' ? ['(inferred)'] : [];
  const path = [...task.path.map(sanitize)];
  const last = path.pop() ?? task.label;
  const lines = wrapPath([...path, [last, ...note].join(' ')], width - LABEL_WIDTH);
  return lines.map((line, at) => {
    const lead = at === 0 ? style.dim(label.padEnd(LABEL_WIDTH)) : ' '.repeat(LABEL_WIDTH);
    return `${lead}${line}`;
  });
}

function formatPlace({ label, place, excerpt }: FindingPlace, options: FormatOptions): string[] {
  const { style } = options;
  if (place === undefined) return ['', `${style.cyan(label)} ${style.dim('(place not recorded)')}`];
  const file = place.file === '' ? '(evaluated code)' : sanitize(place.file);
  const name = place.function === undefined ? '' : ` in ${sanitize(place.function)}`;
  const where = `${file}:${place.line}:${place.column}`;
  const room = options.width - where.length - name.length;
  const full = `${where}${style.dim(name)}`;
  const head =
    label.length + 2 <= room ? [`${style.cyan(label)}  ${full}`] : [style.cyan(label), room < 0 ? where : full];
  return ['', ...head, ...(excerpt === undefined ? [] : frameCode(place, excerpt, options))];
}

function formatAdvice(advice: string, { style, width }: FormatOptions): string[] {
  return wrap(sanitize(advice), width - 2).map((line, at) =>
    at === 0 ? `${style.green('→')} ${line}` : `  ${line}`,
  );
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `${INDENT}${line}`));
}
