/** What is drawn, and where. */
import type { ScaleLinear } from 'd3-scale';
import type { Colours } from './colours.ts';
import type { Model, Task } from './model.ts';

/** Height of a lane. */
export const ROW = 24;
export const MIDDLE = ROW / 2;
/** Height of the bar of a task's life. */
export const LIFE = 6;

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

export function topOf({ scrollTop }: Scene, row: number): number {
  return row * ROW - scrollTop;
}
