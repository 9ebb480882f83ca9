/** One finding as a person reads it. */
import { count } from '../describe/words.ts';
import type { Finding, FindingPlace, TaskReference } from '../finding.ts';
import { frameCode } from './code-frame.ts';
import { formatCure, type Shown } from './cure-text.ts';
import { shortenNamesIn, type Shorten } from './long-names.ts';
import type { FormatOptions } from './style.ts';
import { sanitize, wrap, wrapPath } from './wrap.ts';

const INDENT = '  ';
const NO_PLACE = '(place not recorded)';
const LABEL_WIDTH = 12;
/** Columns below which a label has a line of its own. */
const NARROW = 38;

interface FindingOptions extends FormatOptions {
  readonly shorten: Shorten;
  /** Cures that were shown before. Absent: none. */
  readonly shown?: Shown;
}

/** Lines. `where` names the program when a session has several. */
export function formatFinding(finding: Finding, where: string | undefined, options: FindingOptions): string[] {
  const { style, shorten } = options;
  const inner = { style, shorten, width: options.width - INDENT.length };
  const sentence = wrap(sanitize(shorten(finding.message)), inner.width).map(style.bold);
  return [
    ...headline(finding, options),
    ...indent([
      ...sentence,
      ...formatTests(finding, options),
      ...(where === undefined ? [] : wrap(`in ${sanitize(where)}`, inner.width).map(style.dim)),
      '',
      ...formatTasks(finding, inner),
      ...finding.places.flatMap((place) => formatPlace(place, inner)),
      '',
      ...formatAdvice(shorten(finding.advice), inner),
      ...formatCure(finding, { ...inner, ...(options.shown === undefined ? {} : { shown: options.shown }) }),
    ]),
  ];
}

/** A finding outside a summary. */
export function formatFindingAlone(finding: Finding, where: string | undefined, options: FormatOptions): string[] {
  return formatFinding(finding, where, { ...options, shorten: shortenNamesIn(finding) });
}

function headline(finding: Finding, { style, width }: FormatOptions): string[] {
  const colour = { violation: style.red, leak: style.yellow, info: style.cyan }[finding.severity];
  const mark = colour({ violation: '✖', leak: '▲', info: '•' }[finding.severity]);
  const notes = [finding.severity as string];
  if (finding.certainty === 'inferred') notes.push('task inferred');
  if (finding.count > 1) notes.push(count(finding.count, 'time'));
  if (finding.programs !== undefined) notes.push(`in ${count(finding.programs.length, 'program')}`);
  const rule = `${mark} ${style.bold(colour(finding.rule))}`;
  const note = notes.join(' · ');
  if (2 + finding.rule.length + 2 + note.length <= width) return [`${rule}  ${style.dim(note)}`];
  return [rule, ...indent(wrap(note, width - INDENT.length).map(style.dim))];
}

/** The test that it happened in, and how many others. */
function formatTests({ test, alsoIn = [] }: Finding, { style, width, shorten }: FindingOptions): string[] {
  if (test === undefined) return [];
  const file = test.file === undefined ? '' : ` (${sanitize(test.file)})`;
  const others = alsoIn.length === 0 ? '' : `, and ${count(alsoIn.length, 'other test')}`;
  return wrap(`in test "${sanitize(shorten(test.name))}"${file}${others}`, width - INDENT.length).map(style.dim);
}

/** Who did it, and who should have. */
function formatTasks({ task, expectedTask, roles }: Finding, options: FindingOptions): string[] {
  return [
    ...formatTask(roles.task, task, options),
    ...(expectedTask === undefined ? [] : formatTask(roles.expectedTask ?? '', expectedTask, options)),
  ];
}

function formatTask(label: string, task: TaskReference, { style, width, shorten }: FindingOptions): string[] {
  const note = task.certainty === 'inferred' ? ['(inferred)'] : [];
  const path = (task.path.length === 0 ? [task.label] : task.path).map((step) => sanitize(shorten(step)));
  const last = path.pop() ?? '';
  const steps = [...path, [last, ...note].join(' ')];
  if (width < NARROW) return [style.dim(label), ...indent(wrapPath(steps, width - INDENT.length))];
  return wrapPath(steps, width - LABEL_WIDTH).map((line, at) => {
    const lead = at === 0 ? style.dim(label.padEnd(LABEL_WIDTH)) : ' '.repeat(LABEL_WIDTH);
    return `${lead}${line}`;
  });
}

function formatPlace({ label, place, excerpt }: FindingPlace, options: FindingOptions): string[] {
  const { style, shorten } = options;
  if (place === undefined) {
    const fits = label.length + 1 + NO_PLACE.length <= options.width;
    const lines = fits ? [`${style.cyan(label)} ${style.dim(NO_PLACE)}`] : [style.cyan(label), ...wrap(NO_PLACE, options.width).map(style.dim)];
    return ['', ...lines];
  }
  const file = place.file === '' ? '(evaluated code)' : sanitize(place.file);
  const name = place.function === undefined ? '' : ` in ${sanitize(shorten(place.function))}`;
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
