/** Spans as plain data, in the terms of OpenTelemetry, and the names by which they find each other. */
import type { ProgramId } from '../../tracker/protocol.ts';
import { digest } from '../describe/fingerprint.ts';

export type SpanAttributes = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Where a span is, for whoever refers to it. */
export interface SpanPlace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
}

export interface SpanLink extends SpanPlace {
  readonly attributes: SpanAttributes;
}

export interface SpanEvent {
  readonly name: string;
  readonly atEpochMs: number;
  readonly attributes: SpanAttributes;
}

export interface SpanData extends SpanPlace {
  /** Whose resource it belongs to. */
  readonly program: ProgramId;
  /** Absent: it is the first of its trace. */
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: 'internal' | 'server';
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  readonly attributes: SpanAttributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  /** Links that were too many. */
  readonly droppedLinks: number;
  /** Why it is an error. Absent: it is none. */
  readonly error?: string;
}

/** What is measured of a program: all of them only grow. */
export interface SpanCounts {
  tasks: number;
  scopes: number;
  /** Tasks and scopes that were not followed, because there are too many. */
  omitted: number;
}

/**
 * Ids are made of what a span is about, so that two programs, or a finding and its scope, name the same one without
 * asking each other. `run` is a name that no other run has.
 */
export function traceIdOf(run: string, what: string): string {
  return digest(`${run} trace ${what}`) + digest(`${what} trace ${run}`);
}

export function spanIdOf(run: string, program: ProgramId, kind: 'program' | 'task' | 'scope' | 'finding', id: number | string): string {
  return digest(`${run} ${program} ${kind} ${id}`);
}

/**
 * `00-<trace>-<span>-<flags>`. Undefined: it is none.
 *
 * @see {@link https://www.w3.org/TR/trace-context/#traceparent-header}
 */
export function parseTraceparent(text: string | undefined): SpanPlace | undefined {
  const [, version, traceId = '', spanId = ''] = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}(?:$|-)/.exec(text?.trim() ?? '') ?? [];
  if (version === undefined || version === 'ff' || /^0*$/.test(traceId) || /^0*$/.test(spanId)) return undefined;
  return { traceId, spanId };
}
