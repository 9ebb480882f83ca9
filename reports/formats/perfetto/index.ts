/**
 * Chrome's trace event format, which ui.perfetto.dev and chrome://tracing open: a process for each program, a track for each
 * task, slices for its life and its scopes, flows for what goes from task to task, findings as marks, counters.
 *
 * @see {@link https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU}
 */
import type { Report } from '../../report.ts';
import { timelineFor } from '../../timeline/index.ts';
import type { Timeline } from '../../timeline/model.ts';
import { momentIn, rowsOf } from '../../timeline/moments.ts';
import { withoutControls } from '../escape.ts';
import { tellPlace, tellTest } from '../located.ts';
import type { FormatOptions } from '../style.ts';
import { countersOf } from './counters.ts';
import type { TraceEvent } from './events.ts';
import { toMicroseconds } from './events.ts';
import { flowsOf } from './flows.ts';
import { eventsOfTracks, layTracks, type Tracks } from './tracks.ts';

export function formatPerfetto(report: Report, options: FormatOptions): string {
  const timeline = timelineFor(report, options);
  let flows = 0;
  const events = timeline.programs.flatMap((program, at) => {
    const pid = at + 1;
    const tracks = layTracks(program);
    return [
      { ph: 'M', name: 'process_name', pid, args: { name: program.name } },
      { ph: 'M', name: 'process_sort_index', pid, args: { sort_index: at } },
      ...eventsOfTracks(tracks, pid, (place) => tellPlace(place, options)),
      ...flowsOf(program, tracks, pid, () => ++flows),
      ...marksOf(report, timeline, at, tracks, options),
      ...countersOf(program, pid),
    ] satisfies TraceEvent[];
  });
  const meta = events.filter(({ ph }) => ph === 'M');
  // Sorting is stable: what happens at once stays in the order in which it was written.
  const timed = events.filter(({ ph }) => ph !== 'M').sort((a, b) => (a.ts ?? 0) - (b.ts ?? 0));
  const lines = [...meta, ...timed].map((event) => JSON.stringify(event, (_key, value: unknown) => (typeof value === 'string' ? withoutControls(value) : value)));
  const other = JSON.stringify({ tool: `${report.tool.name} ${report.tool.version}`, createdAt: report.createdAt, ...noteOf(timeline) });
  return `{"displayTimeUnit":"ms","otherData":${other},"traceEvents":[\n${lines.join(',\n')}\n]}\n`;
}

/** What the file does not show. */
function noteOf({ source, omitted }: Timeline): { readonly note?: string } {
  const notes = [
    ...(source === 'report' ? ['Made of a JSON report, which says nothing of aborts and of when tasks were joined.'] : []),
    ...(omitted.tasks + omitted.scopes === 0 ? [] : [`Left out: ${omitted.tasks} tasks, ${omitted.scopes} scopes.`]),
  ];
  return notes.length === 0 ? {} : { note: notes.join(' ') };
}

function marksOf({ findings }: Report, { programs }: Timeline, at: number, tracks: Tracks, options: FormatOptions): TraceEvent[] {
  const program = programs[at];
  if (program === undefined) return [];
  const rows = rowsOf(program);
  return findings.filter((finding) => finding.program === program.id).map((finding) => {
    const tid = tracks.ofTask(finding.task.id)?.tid;
    return {
      ph: 'i',
      name: finding.rule,
      cat: `finding,${finding.severity}`,
      s: tid === undefined ? 'p' : 't',
      pid: at + 1,
      tid: tid ?? 0,
      ts: toMicroseconds(momentIn(finding, rows)),
      args: {
        message: finding.message,
        advice: finding.advice,
        [finding.roles.task]: finding.task.path.join(' › '),
        ...(finding.expectedTask === undefined ? {} : { [finding.roles.expectedTask ?? 'expected']: finding.expectedTask.path.join(' › ') }),
        ...Object.fromEntries(finding.places.flatMap(({ label, place }) => (place === undefined ? [] : [[label, tellPlace(place, options)]]))),
        ...(finding.test === undefined ? {} : { test: tellTest(finding.test, options) }),
        fingerprint: finding.fingerprint,
        times: finding.count,
      },
    };
  });
}
