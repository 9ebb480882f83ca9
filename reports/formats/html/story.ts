/** A finding as a small picture: the tasks that it names as lanes, its scope as a bar, who exited it. */
import type { Finding } from '../../finding.ts';
import type { TimelineAbort, TimelineScope, TimelineTask } from '../../timeline/model.ts';
import { tasksNamedBy } from '../../timeline/choose.ts';
import type { Rows } from '../../timeline/moments.ts';
import { html, nothing, type Markup } from './markup.ts';
import { tellMs } from './words.ts';

const MOST_LANES = 4;
const LANE = 40;
const BAR = { top: 20, height: 10 };
const MAIN = 1;
const LONGEST_LABEL = 60;

interface Picture {
  readonly finding: Finding;
  readonly lanes: readonly TimelineTask[];
  readonly scope?: TimelineScope;
  /** Under which one of them worked, where it is about no scope. */
  readonly abort?: TimelineAbort;
  readonly startMs: number;
  readonly endMs: number;
  /** Where a moment lies, in percent of the width. */
  readonly x: (ms: number) => string;
}

/** Empty when the timeline does not hold what the finding names, or all of it happened at once. */
export function drawStory(finding: Finding, rows: Rows): Markup {
  const picture = layOut(finding, rows);
  if (picture === undefined) return nothing;
  const { lanes, startMs, endMs } = picture;
  const height = lanes.length * LANE + 18;
  return html`<figure class="story"><svg width="100%" height="${height}" role="img" aria-label="${describe(picture)}">${
    lanes.map((lane, at) => drawLane(lane, at, picture, rows))
  }${drawExit(picture)}<text class="axis" x="0" y="${height - 3}">${tellMs(startMs)}</text><text class="axis end" x="100%" y="${height - 3}">${tellMs(endMs)}</text></svg></figure>
`;
}

function layOut(finding: Finding, { program, task, scope: scopeOf }: Rows): Picture | undefined {
  const scope = scopeOf(finding.scope?.id);
  const ids = [...new Set([...(scope === undefined ? [] : [scope.host]), ...(finding.expectedTask === undefined ? [] : [finding.expectedTask.id]), ...tasksNamedBy(finding)])];
  const lanes = ids.flatMap((id) => task(id) ?? []).slice(0, MOST_LANES);
  const moments = [
    ...lanes.filter(({ id }) => id !== MAIN).flatMap(({ startMs, endMs = program.endMs }) => [startMs, endMs]),
    ...(scope === undefined ? [] : [scope.enteredMs, scope.exitedMs ?? program.endMs]),
  ];
  const [first, last] = [Math.min(...moments), Math.max(...moments)];
  if (lanes.length === 0 || !(last > first)) return undefined;
  const margin = (last - first) * 0.04;
  const [startMs, endMs] = [Math.max(0, first - margin), last + margin];
  const x = (ms: number): string => `${(Math.min(1, Math.max(0, (ms - startMs) / (endMs - startMs))) * 100).toFixed(2)}%`;
  const abort = scope === undefined ? program.aborts.find(({ tasks }) => tasks.some((id) => ids.includes(id))) : undefined;
  return { finding, lanes, ...(scope === undefined ? {} : { scope }), ...(abort === undefined ? {} : { abort }), startMs, endMs, x };
}

function drawLane(task: TimelineTask, at: number, { finding, scope, abort, startMs, endMs, x }: Picture, { program }: Rows): Markup {
  const top = at * LANE + BAR.top;
  const ends = task.endMs ?? program.endMs;
  const bar = (kind: string, from: number, to: number, inset = 0): Markup => {
    const width = `${Math.max(0.3, Number.parseFloat(x(to)) - Number.parseFloat(x(from))).toFixed(2)}%`;
    return html`<rect class="${kind}" x="${x(from)}" width="${width}" y="${top + inset}" height="${BAR.height - 2 * inset}" rx="2"/>`;
  };
  const exited = scope?.exitedMs ?? program.endMs;
  // From here on it should not have been there.
  const over = scope?.exitedMs ?? abort?.atMs ?? ends;
  const leaks = finding.severity === 'leak' && task.id === finding.task.id && ends > over;
  return html`<text class="label" x="0" y="${top - 6}">${roleOf(task, finding)}<tspan class="name">${clip(task.label)}</tspan>${scope?.host === task.id && scope.exitedMs === undefined ? ', never exited' : ''}</text>${
    bar('life', Math.max(startMs, task.startMs), Math.min(ends, endMs))
  }${leaks ? bar('late', Math.max(over, task.startMs), ends) : nothing}${
    scope?.host === task.id ? drawScope(scope.enteredMs, Math.max(scope.enteredMs, exited), task.endMs ?? exited, bar) : nothing
  }`;
}

/** What is left of it when its task has ended, nobody is there to exit. */
function drawScope(from: number, to: number, left: number, bar: (kind: string, from: number, to: number, inset?: number) => Markup): Markup {
  if (left >= to) return bar('scope', from, to, 2);
  return html`${bar('scope', from, Math.max(from, left), 2)}${bar('after', Math.max(from, left), to, 2)}`;
}

function roleOf({ id }: TimelineTask, { task, expectedTask, roles }: Finding): string {
  if (id === task.id) return `${roles.task} `;
  return id === expectedTask?.id && roles.expectedTask !== undefined ? `${roles.expectedTask} ` : '';
}

/** From the scope to whoever exited it; over all lanes where its own task did. */
function drawExit({ lanes, scope, abort, x }: Picture): Markup {
  if (abort !== undefined) {
    const at = x(abort.atMs);
    return html`<line class="abort" x1="${at}" x2="${at}" y1="${BAR.top - 4}" y2="${lanes.length * LANE - 4}"/><text class="abort" x="${at}" dx="5" y="${lanes.length * LANE + 15}">aborted</text>`;
  }
  if (scope?.exitedMs === undefined) return nothing;
  const yOf = (id: number | undefined): number | undefined => {
    const at = lanes.findIndex((lane) => lane.id === id);
    return at < 0 ? undefined : at * LANE + BAR.top + BAR.height / 2;
  };
  const [from, to] = [yOf(scope.host), yOf(scope.exitedBy)];
  const at = x(scope.exitedMs);
  if (from === undefined || to === undefined) return nothing;
  if (from === to) return html`<line class="exit" x1="${at}" x2="${at}" y1="${BAR.top - 4}" y2="${lanes.length * LANE}"/>`;
  return html`<line class="crossed" x1="${at}" x2="${at}" y1="${from}" y2="${to}"/><circle class="crossed" cx="${at}" cy="${to}" r="5"/>`;
}

function describe({ finding, lanes, scope, abort, startMs, endMs }: Picture): string {
  const lives = lanes.map((lane) => `${roleOf(lane, finding)}${clip(lane.label)} from ${tellMs(Math.max(startMs, lane.startMs))} to ${lane.endMs === undefined ? 'the end' : tellMs(lane.endMs)}`);
  const open = scope === undefined ? [] : [`scope ${clip(scope.name)} from ${tellMs(scope.enteredMs)} to ${scope.exitedMs === undefined ? 'the end' : tellMs(scope.exitedMs)}`];
  const ended = abort === undefined ? [] : [`aborted at ${tellMs(abort.atMs)}`];
  return `${[...lives, ...open, ...ended].join('; ')}; between ${tellMs(startMs)} and ${tellMs(endMs)} of the run`;
}

function clip(text: string): string {
  return text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL).replace(/[\ud800-\udbff]$/, '')}…`;
}
