/** The timeline of whatever a report was made of. */
import type { FormatOptions } from '../formats/style.ts';
import type { Report } from '../report.ts';
import type { Timeline } from './model.ts';
import { timelineOfReport } from './of-report.ts';

export function timelineFor(report: Report, { timeline }: FormatOptions): Timeline {
  return timeline?.() ?? timelineOfReport(report);
}
