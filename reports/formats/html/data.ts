/** What the page draws: the timeline as columns of numbers, and a table of the texts that they name. */
import type { Finding } from '../../finding.ts';
import type { Place } from '../../sources.ts';
import { tasksNamedBy } from '../../timeline/choose.ts';
import type { Timeline, TimelineProgram } from '../../timeline/model.ts';
import { momentIn, type Rows } from '../../timeline/moments.ts';
import { makeVisible, withoutControls } from '../escape.ts';
import { tellPlace } from '../located.ts';
import type { FormatOptions } from '../style.ts';
import { TASK_FLAGS, type PageData, type PageProgram } from './data-shape.ts';

const MOST_FINDINGS = 2000;
const LONGEST_TEXT = 300;

export function encodeData(
  timeline: Timeline, findings: readonly Finding[], rowsOf: (finding: Finding) => Rows | undefined, options: FormatOptions,
): PageData {
  const strings = createStrings(options);
  const programs = timeline.programs.map((program) => encodeProgram(program, strings));
  const at = new Map(timeline.programs.map(({ id }, index) => [id, index]));
  return {
    source: timeline.source,
    programs,
    findings: findings.slice(0, MOST_FINDINGS).map((finding) => {
      const rows = rowsOf(finding);
      return {
        rule: finding.rule,
        severity: finding.severity,
        message: safe(finding.message),
        program: at.get(finding.program) ?? -1,
        task: finding.task.id,
        tasks: tasksNamedBy(finding),
        scope: finding.scope?.id ?? 0,
        at: rows === undefined ? -1 : round(momentIn(finding, rows)),
        accepted: finding.accepted !== undefined,
      };
    }),
    strings: strings.all,
  };
}

interface Strings {
  readonly all: readonly string[];
  readonly of: (text: string | undefined) => number;
  readonly place: (place: Place | undefined) => number;
}

function createStrings(options: FormatOptions): Strings {
  const all: string[] = [];
  const known = new Map<string, number>();
  const places = new Map<Place, number>();
  const of = (text: string | undefined): number => {
    if (text === undefined) return -1;
    let at = known.get(text);
    if (at === undefined) {
      at = all.push(safe(text)) - 1;
      known.set(text, at);
    }
    return at;
  };
  const place = (one: Place | undefined): number => {
    if (one === undefined) return -1;
    let at = places.get(one);
    if (at === undefined) places.set(one, (at = of(tellPlace(one, options))));
    return at;
  };
  return { all, of, place };
}

function encodeProgram(program: TimelineProgram, strings: Strings): PageProgram {
  const { tasks, scopes, aborts } = program;
  const joins = tasks.flatMap(({ id, joins: own }) => own.map(({ by, atMs }) => ({ task: id, by, at: round(atMs) })));
  return {
    name: safe(program.name),
    start: round(program.startMs),
    end: round(program.endMs),
    ended: program.ended,
    tasks: {
      id: tasks.map(({ id }) => id),
      label: tasks.map(({ label }) => strings.of(label)),
      origin: tasks.map(({ origin }) => strings.of(origin)),
      place: tasks.map(({ place }) => strings.place(place)),
      suspended: tasks.map(({ suspended }) => strings.place(suspended)),
      spawner: tasks.map(({ spawner = 0 }) => spawner),
      scope: tasks.map(({ scope = 0 }) => scope),
      start: tasks.map(({ startMs }) => round(startMs)),
      end: tasks.map(({ endMs }) => round(endMs)),
      flags: tasks.map(({ certain, state }) => (certain ? 0 : TASK_FLAGS.inferred) + (state === 'ended' ? 0 : TASK_FLAGS[state])),
    },
    joins: { task: joins.map(({ task }) => task), by: joins.map(({ by }) => by), at: joins.map(({ at }) => at) },
    scopes: {
      id: scopes.map(({ id }) => id),
      name: scopes.map(({ name }) => strings.of(name)),
      kind: scopes.map(({ kind }) => strings.of(kind)),
      host: scopes.map(({ host }) => host),
      parent: scopes.map(({ parent = 0 }) => parent),
      entered: scopes.map(({ enteredMs }) => round(enteredMs)),
      exited: scopes.map(({ exitedMs }) => round(exitedMs)),
      exitedBy: scopes.map(({ exitedBy = 0 }) => exitedBy),
      cancelled: scopes.map(({ cancelledMs }) => round(cancelledMs)),
      enteredAt: scopes.map(({ entered }) => strings.place(entered)),
      exitedAt: scopes.map(({ exited }) => strings.place(exited)),
    },
    aborts: aborts.map(({ atMs, by = 0, reason, place, tasks: aborted }) => ({
      at: round(atMs), by, reason: strings.of(reason), place: strings.place(place), tasks: aborted,
    })),
  };
}

function round(ms: number | undefined): number {
  return ms === undefined ? -1 : Math.round(ms * 100) / 100;
}

function safe(text: string): string {
  const shown = withoutControls(makeVisible(text));
  return shown.length <= LONGEST_TEXT ? shown : `${shown.slice(0, LONGEST_TEXT).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** JSON that can stand in a `<script>`: nothing in it ends the element or begins a comment. */
export function embed(data: PageData): string {
  return JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
