/** Draws the lanes that are seen, and nothing else. */
import { drawFarArrows, drawOwnArrows } from './arrows.ts';
import type { Scope, Task } from './model.ts';
import { LIFE, MIDDLE, ROW, topOf, type Scene } from './scene.ts';
import { MARKS, worstOf } from './words.ts';

const SCOPE = 16;
const INDENT = 10;
const DEEPEST_INDENT = 8;
const DEEPEST_LEVEL = 3;
/** Narrower bars have no room for a name. */
const NAMED_WIDTH = 36;

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
