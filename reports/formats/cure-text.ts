/** The cure of a finding: the code as it stands, and as it should be. */
import { cures } from '../cures/index.ts';
import { REMEDIES, type Cure } from '../cures/cure.ts';
import type { Finding } from '../finding.ts';
import type { Style } from './style.ts';
import { clip, sanitize, wrap } from './wrap.ts';

/** What was shown before is not shown again. */
export type Shown = Set<string>;

interface CureOptions {
  readonly style: Style;
  readonly width: number;
  readonly shown?: Shown;
}

/** Lines; none when there is no cure, or it has been shown. */
export function formatCure(finding: Finding, { style, width, shown = new Set() }: CureOptions): string[] {
  const { cure, rule } = finding;
  const key = cure === undefined ? rule : `${rule} ${cure.before} ${cure.after}`;
  if (cures[rule] === undefined || shown.has(key)) return [];
  shown.add(key);
  if (cure === undefined) return ['', ...hint(rule, width).map(style.dim)];
  const head = headOf(cure);
  const code = (mark: string, text: string): string[] => text.split('\n').map((line) => clip(sanitize(`${mark} ${line.replaceAll('\t', '  ')}`).trimEnd(), width));
  return [
    '',
    style.dim('as it stands'), ...code('-', cure.before).map(style.red),
    ...wrap(head, width).map(style.dim), ...code('+', cure.after).map(style.green),
    ...(cure.note === undefined ? [] : wrap(sanitize(cure.note), width)),
  ];
}

function headOf({ remedy, outline }: Cure): string {
  const how = outline === true ? 'in outline' : 'as it should be';
  return remedy === undefined ? how : `${how}, with ${remedy} of ${REMEDIES}`;
}

function hint(rule: string, width: number): string[] {
  return wrap(`\`scope-trace explain ${rule}\` shows such code as it is often written, and as it should be.`, width);
}
