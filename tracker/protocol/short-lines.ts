/**
 * Short lines: the records that busy programs write by the thousand, each a JSON array that begins
 * with a code. Most of an object's bytes, and of the time to write it, are the names of its fields.
 *
 * Times are whole hundredths of a millisecond. Where a number stands for what may be absent, 0 says so.
 */
import type { CallEnded, CallOrigin, CallStarted, ScopeEntered, ScopeExited, TraceRecord } from '../protocol.ts';
import { SCOPE_KINDS, type ScopeKind } from './scope-kinds.ts';

/** `[0, call, caller, origin, flags, site, from, scope, startMs, at, text]`: a call, and its fate where that is known. */
export const STARTED = 0;
/** `[1, fate, call, by, inferred, at]` */
export const FATE = 1;
/** `[2, call, at]` */
export const CALL_ENDED = 2;
/** `[3, scope, call, kind, parent, at, name, ...stack]` */
export const ENTERED = 3;
/** `[4, scope, call, moved, at, ...stack]` */
export const EXITED = 4;

/** Stand in short lines as their indices, as kinds of scopes do. */
export const ORIGINS: readonly CallOrigin[] = ['main', 'async', 'generator', 'then', 'callback', 'named'];
export const FATES = ['call-awaited', 'call-spawned', 'call-joined'] as const;

/** Flags of {@link STARTED}. */
export const IS_INFERRED = 1;
export const IS_AWAITED = 2;
export const IS_SPAWNED = 4;

/** A record with fields that may lack or be of another type: it is checked like any other. */
type Unchecked<Record extends TraceRecord> = { readonly [Field in keyof Record]: unknown };

/** The records that a short line stands for. Empty: it is none. */
export function expandLine(line: readonly unknown[]): readonly unknown[] {
  switch (line[0]) {
    case STARTED:
      return expandStart(line);
    case FATE:
      return [expandFate(line)];
    case CALL_ENDED:
      return [{ kind: 'call-ended', call: line[1], atMs: toMs(line[2]) } satisfies Unchecked<CallEnded>];
    case ENTERED:
      return [expandEntered(line)];
    case EXITED:
      return [expandExited(line)];
    default:
      return [];
  }
}

function expandStart([, call, caller, origin, flags, site, from, scope, startMs, at, text]: readonly unknown[]): unknown[] {
  const bits = Number(flags);
  const inferred = (bits & IS_INFERRED) !== 0 && { inferred: true };
  const kind = pick(ORIGINS, origin);
  const started: Unchecked<CallStarted> = {
    kind: 'call-started',
    call,
    ...(caller !== 0 && { caller }),
    origin: kind,
    ...(text !== '' && { [kind === 'named' ? 'name' : 'resource']: text }),
    ...(site !== 0 && { site }),
    ...(from !== 0 && { from }),
    ...(scope !== 0 && { scope }),
    ...inferred,
    atMs: startMs,
  };
  if ((bits & (IS_AWAITED | IS_SPAWNED)) === 0) return [started];
  const fate = (bits & IS_AWAITED) === 0 ? 'call-spawned' : 'call-awaited';
  return [started, { kind: fate, call, by: caller, ...inferred, atMs: toMs(at) }];
}

function expandFate([, fate, call, by, inferred, at]: readonly unknown[]): unknown {
  return { kind: pick(FATES, fate), call, by, ...(inferred !== 0 && { inferred: true }), atMs: toMs(at) };
}

function expandEntered([, scope, call, kind, parent, at, name, ...stack]: readonly unknown[]): Unchecked<ScopeEntered> {
  const scopeKind = pick<ScopeKind>(SCOPE_KINDS, kind);
  return { kind: 'scope-entered', scope, call, scopeKind, name, ...(parent !== 0 && { parent }), stack, atMs: toMs(at) };
}

function expandExited([, scope, call, moved, at, ...stack]: readonly unknown[]): Unchecked<ScopeExited> {
  return { kind: 'scope-exited', scope, call, ...(moved !== 0 && { moved: true }), stack, atMs: toMs(at) };
}

function pick<Value>(list: readonly Value[], index: unknown): Value | undefined {
  return typeof index === 'number' ? list[index] : undefined;
}

function toMs(hundredths: unknown): number | undefined {
  return typeof hundredths === 'number' ? hundredths / 100 : undefined;
}
