import { compareReports, formatFindingAlone } from '../../reports/index.ts';
import type { Finding } from '../../reports/index.ts';
import { EXIT } from '../exit-codes.ts';
import { readReport } from '../read-report.ts';
import { openScreen } from '../screen.ts';
import type { Screen } from '../screen.ts';
import { reaches } from '../threshold.ts';
import type { Threshold } from '../threshold.ts';

export interface DiffRequest {
  /** Files of JSON reports. */
  readonly base: string;
  readonly head: string;
  readonly failOn: Threshold;
  readonly color?: boolean;
}

/**
 * Says what one report has that another has not.
 *
 * @returns the exit code: that of findings when a new one reaches `failOn`
 * @throws {Problem} when one of them is no report
 */
export async function diff({ base, head, failOn, color }: DiffRequest): Promise<number> {
  const { added, fixed, unchanged } = compareReports(await readReport(base), await readReport(head));
  const screen = openScreen(process.stdout, color);
  const { style } = screen;
  const blocks = [
    ...added.map((finding) => formatFindingAlone(finding, undefined, screen).join('\n')),
    ...listFixed(fixed, screen),
    style.bold(`${added.length} new, ${fixed.length} fixed, ${unchanged.length} unchanged`),
  ];
  await screen.write(`${blocks.join('\n\n')}\n`);
  return added.some((finding) => reaches(finding, failOn)) ? EXIT.findings : EXIT.success;
}

function listFixed(fixed: readonly Finding[], { style }: Screen): string[] {
  if (fixed.length === 0) return [];
  return [fixed.map(({ rule, message }) => `${style.green('✔')} ${rule}, fixed: ${style.dim(message)}`).join('\n')];
}
