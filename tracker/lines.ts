/** The records that busy programs write by the thousand, as short lines: see `protocol/short-lines.ts`. */
import { addNumber, addString, beginLine, emit, endLine, LONGEST_TEXT } from './channel.ts';
import { atHundredths } from './clock.ts';
import type { CallOrigin, ScopeKind, Waiver } from './protocol.ts';
import {
  CALL_ENDED, ENTERED, EXITED, FATE, FATES, IS_AWAITED, IS_INFERRED, IS_SPAWNED, ORIGINS, SCOPE_KINDS, STARTED,
} from './protocol.ts';

/** What a `call-started` record says. Zero and the empty string stand for what is absent. */
export interface Start {
  readonly call: number;
  readonly caller: number;
  readonly origin: CallOrigin;
  /** For a named task its name, otherwise the resource. */
  readonly text: string;
  readonly site: number;
  readonly from: number;
  readonly scope: number;
  readonly inferred: boolean;
  /** Whether the caller waits for it. */
  readonly fate: 'awaited' | 'spawned' | 'undecided';
  /** Whole milliseconds. */
  readonly atMs: number;
}

export function writeStart(start: Start): void {
  const { fate, text } = start;
  if (!beginLine(STARTED)) return;
  addNumber(start.call);
  addNumber(start.caller);
  addNumber(ORIGINS.indexOf(start.origin));
  addNumber((start.inferred ? IS_INFERRED : 0) | (fate === 'awaited' ? IS_AWAITED : fate === 'spawned' ? IS_SPAWNED : 0));
  addNumber(start.site);
  addNumber(start.from);
  addNumber(start.scope);
  addNumber(start.atMs);
  addNumber(fate === 'undecided' ? 0 : atHundredths());
  addString(text.length <= LONGEST_TEXT ? text : text.slice(0, LONGEST_TEXT));
  endLine();
}

/** Whether the caller `by` waits for the call. */
export function writeFate(kind: (typeof FATES)[number], call: number, by: number, inferred: boolean): void {
  if (!beginLine(FATE)) return;
  addNumber(FATES.indexOf(kind));
  addNumber(call);
  addNumber(by);
  addNumber(inferred ? 1 : 0);
  addNumber(atHundredths());
  endLine();
}

/** `atMs`: for a call that had ended before it was announced. Absent: it ends now. */
export function writeEnd(call: number, atMs?: number): void {
  if (!beginLine(CALL_ENDED)) return;
  addNumber(call);
  addNumber(atMs === undefined ? atHundredths() : toHundredths(atMs));
  endLine();
}

/** What a `scope-entered` record says. */
export interface Entrance {
  readonly scope: number;
  readonly call: number;
  readonly kind: ScopeKind;
  readonly name: string;
  /** 0 for none. */
  readonly parent: number;
  readonly waives?: readonly Waiver[];
  readonly traceparent?: string | undefined;
  /** Ids of sites, innermost first. */
  readonly stack: readonly number[];
}

/** `atMs`: when. Default: now. */
export function writeEntered({ scope, call, kind, name, parent, waives = NOTHING, traceparent, stack }: Entrance, atMs?: number): void {
  const at = atMs === undefined ? atHundredths() : toHundredths(atMs);
  if (waives.length > 0 || traceparent !== undefined || name.length > LONGEST_TEXT) {
    const outer = parent === 0 ? {} : { parent };
    const more = { ...outer, ...(waives.length > 0 ? { waives } : {}), ...(traceparent === undefined ? {} : { traceparent }) };
    emit({ kind: 'scope-entered', scope, call, scopeKind: kind, name, ...more, stack, atMs: at / 100 });
    return;
  }
  if (!beginLine(ENTERED)) return;
  addNumber(scope);
  addNumber(call);
  addNumber(SCOPE_KINDS.indexOf(kind));
  addNumber(parent);
  addNumber(at);
  addString(name);
  for (const site of stack) addNumber(site);
  endLine();
}

const NOTHING: readonly Waiver[] = [];

export function writeExited(scope: number, call: number, moved: boolean, stack: readonly number[], atMs?: number): void {
  if (!beginLine(EXITED)) return;
  addNumber(scope);
  addNumber(call);
  addNumber(moved ? 1 : 0);
  addNumber(atMs === undefined ? atHundredths() : toHundredths(atMs));
  for (const site of stack) addNumber(site);
  endLine();
}

function toHundredths(ms: number): number {
  return Math.round(ms * 100);
}
