/** Who does something with a signal, and from where. Looked at within a budget of its own. */
import { settleWith } from './classify.ts';
import { mayCaptureSignal, take } from './frames.ts';
import { INFERRED, type PromiseNode } from './promise-node.ts';
import { base, current, exact, runner, top } from './running.ts';
import { isKnown } from './scopes.ts';
import { announceSite, isBuiltin, isPrograms, siteOf } from './sites.ts';

const FRAMES = 20;
/** All of them, for a call that stands deep in the stack. */
const MANY_FRAMES = 400;
/** Frames kept with a record. */
const KEPT_FRAMES = 6;

export interface Here {
  readonly call: PromiseNode;
  /** The program's own frames, innermost first. */
  readonly stack: readonly number[];
  /** The function of Node that the program called, when Node itself does it. */
  readonly api: string;
}

/** Null: it is not known for certain who runs, or it may not be looked at now. */
export function observeHere(): Here | null {
  if (!exact || !mayCaptureSignal()) return null;
  let frames = take(FRAMES, observeHere);
  if (top !== base) {
    if (frames.length === FRAMES) frames = take(MANY_FRAMES, observeHere);
    if (frames.length < MANY_FRAMES && isKnown(current())) settleWith(frames, 0);
    else current().bits |= INFERRED;
  }
  return { call: runner(), ...readFrames(frames) };
}

function readFrames(frames: readonly NodeJS.CallSite[]): { readonly stack: number[]; readonly api: string } {
  const stack: number[] = [];
  let api = '';
  for (const frame of frames) {
    if (stack.length === KEPT_FRAMES) break;
    if (isBuiltin(frame)) continue;
    const site = siteOf(frame);
    if (isPrograms(site)) stack.push(announceSite(site));
    else if (stack.length === 0 && site.fn.internal) api = frame.getFunctionName() ?? api;
  }
  return { stack, api };
}
