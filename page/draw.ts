/** Draws the lanes that are seen, and nothing else. */
import type { ScaleLinear } from 'd3-scale';
import type { Colours } from './colours.ts';
import type { Model, Scope, Task } from './model.ts';
import { MARKS, worstOf } from './words.ts';

export const ROW = 24;
const MIDDLE = ROW / 2;
const LIFE = 6;
const SCOPE = 16;
const INDENT = 10;
const DEEPEST_INDENT = 8;
const DEEPEST_LEVEL = 3;
/** More arrows than this nobody can tell apart. */
const MOST_ARROWS = 3000;
/** Narrower bars have no room for a name. */
const NAMED_WIDTH = 36;

export interface Scene {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  /** Columns for names. */
  readonly gutter: number;
  readonly x: ScaleLinear<number, number>;
  readonly scrollTop: number;
  readonly rows: readonly Task[];
  /** Row of a task by its key; -1: it has none. */
  readonly rowOf: Int32Array;
  readonly selected: Task | undefined;
  readonly hovered: Task | undefined;
  readonly colours: Colours;
  readonly model: Model;
}

export function drawScene(scene: Scene): void {
  const { context, width, height, gutter, rows, scrollTop } = scene;
  context.clearRect(0, 0, width, height);
  const first = Math.max(0, Math.floor(scrollTop / ROW));
  const last = Math.min(rows.length - 1, Math.ceil((scrollTop + height) / ROW));
  context.font = '12px system-ui, sans-serif';
  context.textBaseline = 'middle';
  for (let at = first; at <= last; at++) drawBackground(scene, at);
  within(scene, gutter, () => {
    drawTicks(scene);
    for (let at = first; at <= last; at++) drawLife(scene, at);
    for (let at = first; at <= last; at++) drawOwnArrows(scene, at);
    for (let at = first; at <= last; at++) drawScopes(scene, at);
    drawFarArrows(scene, first, last);
    for (let at = first; at <= last; at++) drawMarks(scene, at);
  });
  context.save();
  context.beginPath();
  context.rect(0, 0, gutter - 6, height);
  context.clip();
  for (let at = first; at <= last; at++) drawName(scene, at);
  context.restore();
}

/** Only to the right of the names. */
function within({ context, width, height }: Scene, gutter: number, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(gutter, 0, width - gutter, height);
  context.clip();
  draw();
  context.restore();
}

function topOf({ scrollTop }: Scene, row: number): number {
  return row * ROW - scrollTop;
}

function drawBackground(scene: Scene, row: number): void {
  const { context, rows, selected, hovered, width, colours } = scene;
  const task = rows[row];
  const top = topOf(scene, row);
  if (task === selected || task === hovered) {
    context.globalAlpha = task === selected ? 0.22 : 0.1;
    context.fillStyle = colours.select;
    context.fillRect(0, top, width, ROW);
    context.globalAlpha = 1;
  }
  context.fillStyle = colours.line;
  context.fillRect(0, top + ROW - 1, width, 1);
}

function drawTicks({ context, x, height, colours }: Scene): void {
  context.fillStyle = colours.line;
  for (const tick of x.ticks(8)) context.fillRect(Math.round(x(tick)), 0, 1, height);
}

function drawName(scene: Scene, row: number): void {
  const { context, rows, colours } = scene;
  const task = rows[row];
  if (task === undefined) return;
  const top = topOf(scene, row) + MIDDLE;
  let left = 6 + Math.min(task.depth, DEEPEST_INDENT) * INDENT;
  const worst = worstOf(task);
  if (worst !== undefined) {
    context.fillStyle = colours[worst.severity];
    context.fillText(MARKS[worst.severity], left, top);
    left += 14;
  }
  context.fillStyle = task.depth === 0 || worst !== undefined ? colours.text : colours.dim;
  // Every program has a main task.
  const label = (task.depth === 0 && scene.model.programs.length > 1 ? `${task.label}, ${task.program.name}` : task.label).slice(0, 80);
  context.fillText(label, left, top);
  context.fillStyle = colours.dim;
  context.globalAlpha = 0.75;
  context.fillText(hintOf(task).slice(0, 80), left + context.measureText(label).width + 8, top);
  context.globalAlpha = 1;
}

/** What tells it from others of the same name: `app.mjs:12`, or the scope that it lives for. */
function hintOf({ place, scopes }: Task): string {
  if (place === '') return scopes[0]?.name ?? '';
  return /[^\\/]*:\d+(?=:\d+( in |$))/.exec(place)?.[0] ?? '';
}

function drawLife(scene: Scene, row: number): void {
  const { context, rows, x, width, colours } = scene;
  const task = rows[row];
  if (task === undefined) return;
  const [from, to] = [Math.max(-10, x(task.start)), Math.min(width + 10, x(task.end))];
  if (to < from) return;
  const top = topOf(scene, row) + MIDDLE - LIFE / 2;
  context.fillStyle = colours.life;
  context.globalAlpha = task.inferred ? 0.5 : 1;
  context.fillRect(from, top, Math.max(1.5, to - from), LIFE);
  context.globalAlpha = 1;
  if (!task.alive) return;
  // It goes on: nobody saw its end.
  context.beginPath();
  context.moveTo(to, top - 3);
  context.lineTo(to + 6, top + LIFE / 2);
  context.lineTo(to, top + LIFE + 3);
  context.fill();
}

function drawScopes(scene: Scene, row: number): void {
  const task = scene.rows[row];
  if (task === undefined) return;
  const top = topOf(scene, row);
  let last = -Infinity;
  for (const scope of task.scopes) {
    const [from, to] = [scene.x(scope.entered), scene.x(scope.until)];
    // Of thousands within one pixel one is enough.
    if (to < scene.gutter || from > scene.width || (to - last < 0.5 && scope.level === 0)) continue;
    last = to;
    drawScope(scene, scope, { from: Math.max(from, -10), to: Math.min(Math.max(to, from + 2), scene.width + 10), top });
  }
}

function drawScope({ context, x, colours }: Scene, scope: Scope, { from, to, top }: { from: number; to: number; top: number }): void {
  const inset = Math.min(scope.level, DEEPEST_LEVEL) * 2;
  const box = [from, top + (ROW - SCOPE) / 2 + inset, to - from, SCOPE - 2 * inset] as const;
  const left = scope.host.alive ? to : Math.max(from, Math.min(to, x(scope.host.end)));
  context.fillStyle = colours.scope;
  context.fillRect(box[0], box[1], left - from, box[3]);
  if (to - left > 1) {
    // Its task had ended.
    context.globalAlpha = 0.25;
    context.fillStyle = colours.violation;
    context.fillRect(left, box[1], to - left, box[3]);
    context.globalAlpha = 1;
    context.strokeStyle = colours.violation;
    context.setLineDash([3, 2]);
    context.strokeRect(left + 0.5, box[1] + 0.5, to - left - 1, box[3] - 1);
    context.setLineDash([]);
  }
  if (scope.isOpen) {
    // Never exited.
    context.fillStyle = colours.violation;
    context.fillRect(to - 2, box[1] - 2, 3, box[3] + 4);
  }
  if (scope.cancelled >= 0) {
    context.fillStyle = colours.abort;
    context.fillRect(x(scope.cancelled) - 1, box[1], 2, box[3]);
  }
  const name = scope.name.slice(0, 80);
  const start = Math.max(from, x.range()[0] ?? 0);
  // On whichever part has room for it.
  const later = to - left > 1 && left - start < context.measureText(name).width + 8 && to - left > left - start;
  const [begin, end] = later ? [Math.max(left, start), to] : [start, left];
  // A bar that lies in another one is too low for a name, unless it reaches beyond their task.
  if (end - begin < NAMED_WIDTH || (scope.level > 0 && !later)) return;
  context.save();
  context.beginPath();
  context.rect(begin, box[1], end - begin - 3, box[3]);
  context.clip();
  context.fillStyle = later ? colours.text : colours['scope-text'];
  context.fillText(name, begin + 4, top + MIDDLE);
  context.restore();
}

/** From whoever started it, and to whoever waited for it. */
function drawOwnArrows(scene: Scene, row: number): void {
  const { rows, x, selected, colours } = scene;
  const task = rows[row];
  if (task === undefined) return;
  const alpha = (other: Task | undefined): number => (selected !== undefined && (task === selected || other === selected) ? 1 : 0.55);
  drawArrow(scene, task.spawner, task, x(task.start), colours.spawn, alpha(task.spawner));
  for (const { by, at } of task.joins) if (at >= 0) drawArrow(scene, task, by, x(at), colours.join, alpha(by));
}

/** Those whose lanes may both lie outside. */
function drawFarArrows(scene: Scene, first: number, last: number): void {
  const { model, x, colours, rowOf } = scene;
  let left = MOST_ARROWS;
  const isSeen = (from: Task, to: Task): boolean => {
    const [a, b] = [rowOf[from.key] ?? -1, rowOf[to.key] ?? -1];
    return a >= 0 && b >= 0 && Math.min(a, b) <= last && Math.max(a, b) >= first && left-- > 0;
  };
  for (const { host, exitedBy, until } of model.crossings) {
    if (exitedBy !== undefined && isSeen(host, exitedBy)) drawArrow(scene, host, exitedBy, x(until), colours.violation, 1, 2);
  }
  for (const { at, by, tasks } of model.aborts) {
    if (by !== undefined) for (const task of tasks) if (task !== by && isSeen(by, task)) drawArrow(scene, by, task, x(at), colours.abort, 1, 1.5);
  }
}

function drawArrow(scene: Scene, from: Task | undefined, to: Task, at: number, colour: string, alpha: number, thick = 1): void {
  const { context, rowOf, width, gutter } = scene;
  if (from === undefined || at < gutter - 10 || at > width + 10) return;
  const [start, end] = [rowOf[from.key] ?? -1, rowOf[to.key] ?? -1];
  if (start < 0 || end < 0 || start === end) return;
  const down = end > start ? 1 : -1;
  // What lies far outside draws no differently.
  const y = Math.max(-50, Math.min(scene.height + 50, topOf(scene, start) + MIDDLE));
  const tip = Math.max(-60, Math.min(scene.height + 60, topOf(scene, end) + MIDDLE - down * (LIFE / 2 + 1)));
  context.globalAlpha = alpha;
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = thick;
  context.beginPath();
  context.moveTo(at, y);
  context.lineTo(at, tip);
  context.stroke();
  context.beginPath();
  context.moveTo(at, tip);
  context.lineTo(at - 3 - thick / 2, tip - down * (5 + thick));
  context.lineTo(at + 3 + thick / 2, tip - down * (5 + thick));
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 1;
}

function drawMarks(scene: Scene, row: number): void {
  const { context, rows, x, colours } = scene;
  const task = rows[row];
  if (task === undefined) return;
  for (const finding of task.findings.slice(0, 20)) {
    if (finding.of !== task || finding.at < 0) continue;
    const [left, top] = [x(finding.at), topOf(scene, row) + MIDDLE];
    context.fillStyle = colours[finding.severity];
    context.strokeStyle = colours.back;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(left, top - 7);
    context.lineTo(left + 6, top);
    context.lineTo(left, top + 7);
    context.lineTo(left - 6, top);
    context.closePath();
    context.stroke();
    context.fill();
    context.lineWidth = 1;
  }
}
