/** What goes from one task to another. */
import type { Task } from './model.ts';
import { LIFE, MIDDLE, topOf, type Scene } from './scene.ts';

/** More arrows than this nobody can tell apart. */
const MOST_ARROWS = 3000;

/** From whoever started it, and to whoever waited for it. */
export function drawOwnArrows(scene: Scene, row: number): void {
  const { rows, x, selected, colours } = scene;
  const task = rows[row];
  if (task === undefined) return;
  const alpha = (other: Task | undefined): number => (selected !== undefined && (task === selected || other === selected) ? 1 : 0.55);
  drawArrow(scene, task.spawner, task, x(task.start), colours.spawn, alpha(task.spawner));
  for (const { by, at } of task.joins) if (at >= 0) drawArrow(scene, task, by, x(at), colours.join, alpha(by));
}

/** Those whose lanes may both lie outside. */
export function drawFarArrows(scene: Scene, first: number, last: number): void {
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
