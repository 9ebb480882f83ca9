/**
 * The records that busy programs write by the thousand, as lines. Each is what `JSON.stringify`
 * would make of the {@link TraceRecord} of its kind, for a third of the price.
 */
import { emitLine } from './channel.ts';
import { atText } from './clock.ts';
import type { CallOrigin, ScopeKind, Waiver } from './protocol.ts';

/** What a `call-started` record says. Zero and the empty string stand for what is absent. */
export interface Start {
  readonly call: number;
  readonly caller: number;
  readonly origin: CallOrigin;
  readonly name: string;
  readonly resource: string;
  readonly site: number;
  readonly from: number;
  readonly scope: number;
  readonly inferred: boolean;
  /** Whole milliseconds. */
  readonly atMs: number;
}

export function writeStart(start: Start): void {
  emitLine(
    `{"kind":"call-started","call":${start.call},"caller":${start.caller},"origin":"${start.origin}"` +
      `${textOf('name', start.name)}${textOf('resource', start.resource)}${numberOf('site', start.site)}` +
      `${numberOf('from', start.from)}${numberOf('scope', start.scope)}${start.inferred ? ',"inferred":true' : ''}` +
      `,"atMs":${start.atMs}}\n`,
  );
}

/** Whether the caller `by` waits for the call. */
export function writeFate(kind: 'call-awaited' | 'call-spawned' | 'call-joined', call: number, by: number, inferred: boolean): void {
  emitLine(`{"kind":"${kind}","call":${call},"by":${by}${inferred ? ',"inferred":true' : ''},"atMs":${atText()}}\n`);
}

/** `atMs`: for a call that had ended before it was announced. Absent: it ends now. */
export function writeEnd(call: number, atMs?: number): void {
  emitLine(`{"kind":"call-ended","call":${call},"atMs":${atMs ?? atText()}}\n`);
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
  /** Ids of sites, innermost first. */
  readonly stack: readonly number[];
}

/** `at`: when, as text. Default: now. */
export function writeEntered({ scope, call, kind, name, parent, waives = [], stack }: Entrance, at = atText()): void {
  emitLine(
    `{"kind":"scope-entered","scope":${scope},"call":${call},"scopeKind":"${kind}","name":${JSON.stringify(name)}` +
      `${numberOf('parent', parent)}${waivesOf(waives)},"stack":[${stack.join()}],"atMs":${at}}\n`,
  );
}

export function writeExited(scope: number, call: number, moved: boolean, stack: readonly number[], at = atText()): void {
  emitLine(
    `{"kind":"scope-exited","scope":${scope},"call":${call}${moved ? ',"moved":true' : ''},"stack":[${stack.join()}]` +
      `,"atMs":${at}}\n`,
  );
}

function waivesOf(waives: readonly Waiver[]): string {
  return waives.length === 0 ? '' : `,"waives":${JSON.stringify(waives)}`;
}

function textOf(key: string, value: string): string {
  return value === '' ? '' : `,"${key}":${JSON.stringify(value)}`;
}

function numberOf(key: string, value: number): string {
  return value === 0 ? '' : `,"${key}":${value}`;
}
