/** Frames of Effection 3, and the fibers that they run in. */
import { endFiber, endPart, enterFiber, leaveFiber, startFiber, startPart } from '../fibers.ts';

/** Whose place an operation takes: a fiber of its own, or a part of the fiber that waits for it. */
export interface Label {
  readonly isPart: boolean;
  /** Empty: it is not shown. */
  readonly name: string;
}

/** What is known of a frame. */
export class Line {
  readonly #label: Label;
  readonly #maker: Line | undefined;
  #frame: object | undefined;
  /** What stands for its fiber: its own frame, or that of the fiber it is a part of. */
  #fiber: object | undefined;
  /** How many frames it has made that are not over. */
  #children = 0;
  /** Its own operation is over, but not yet what it has made. */
  #exited = false;
  crashed = false;
  halted = false;

  /** @param maker - the frame whose method made it; absent for the first one of a tree */
  constructor(label: Label, maker?: Line) {
    this.#label = label;
    this.#maker = maker;
  }

  /** `runBy`: the frame that runs it. Absent: the running code, whoever that is. */
  start(frame: object, runBy: Line | undefined): void {
    const { isPart, name } = this.#label;
    const outer = runBy === undefined ? undefined : runBy.#fiber;
    this.#frame = frame;
    this.#fiber = isPart && outer !== undefined ? outer : frame;
    if (this.#maker !== undefined) this.#maker.#children++;
    if (outer !== undefined) enterFiber(outer);
    if (this.#fiber === frame) startFiber(frame, name || 'effection task');
    else if (name !== '') startPart(this.#fiber, frame, name);
    if (outer !== undefined) leaveFiber(outer);
  }

  /** The code that runs next is its own. */
  beginStep(): void {
    if (this.#fiber !== undefined) enterFiber(this.#fiber);
  }

  endStep(): void {
    if (this.#fiber !== undefined) leaveFiber(this.#fiber);
  }

  /** Its own operation is over. */
  exit(): void {
    this.#exited = true;
    this.endStep();
    this.#endWithChildren();
  }

  /** Where it was the last that its maker waited for, that is over, too. */
  #endWithChildren(): void {
    const maker = this.#maker;
    if (!this.#exited || this.#children > 0 || this.#frame === undefined || this.#fiber === undefined) return;
    if (this.#fiber === this.#frame) endFiber(this.#frame, this.halted && !this.crashed ? 'halted' : undefined);
    else endPart(this.#fiber, this.#frame);
    if (maker === undefined) return;
    maker.#children--;
    maker.#endWithChildren();
  }
}

/** By frame. */
export const lines = new WeakMap<object, Line>();
