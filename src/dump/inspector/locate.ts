/** Where suspended functions stand, and what their variables hold: known to the running program alone. */
import type { HeapObjects } from './objects.ts';
import type { Runtime } from './protocol.ts';
import type { Scripts } from './scripts.ts';
import type { Session } from './session.ts';

/** A place in generated code. Line and column from 1. */
export interface Location {
  readonly function: string;
  /** Number of the script in this session. */
  readonly script: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

export interface Variable {
  readonly name: string;
  /** Short: `'text'`, `Array(3)`, `Client`. */
  readonly value: string;
}

const ANSWER_WITHIN_MS = 10_000;
/** So many questions are on their way at once. */
const AT_ONCE = 64;
const LONGEST_VALUE = 80;

/** The lines that generator objects are suspended at, by their heap ids. What has gone on since is left out. */
export async function locate(session: Session, objects: HeapObjects, scripts: Scripts, ids: readonly number[]): Promise<ReadonlyMap<number, Location>> {
  const found = new Map<number, Location>();
  await inBatches(ids, async (id) => {
    const location = locationIn(await internalsOf(session, objects, id), scripts);
    if (location !== undefined) found.set(id, location);
  });
  return found;
}

/** The variables of suspended functions: those of the function itself, not of what surrounds it. */
export async function readLocals(session: Session, objects: HeapObjects, ids: readonly number[]): Promise<ReadonlyMap<number, readonly Variable[]>> {
  const found = new Map<number, readonly Variable[]>();
  await inBatches(ids, async (id) => {
    const scopes = find(await internalsOf(session, objects, id), '[[Scopes]]')?.objectId;
    if (scopes !== undefined) found.set(id, await localsIn(session, scopes));
  });
  return found;
}

/** Block scopes come first, then the function's own; then those around it, which are not asked for. */
async function localsIn(session: Session, scopes: string): Promise<Variable[]> {
  const { result } = await session.send('Runtime.getProperties', { objectId: scopes, ownProperties: true }, ANSWER_WITHIN_MS);
  const variables: Variable[] = [];
  for (const { name, value } of result) {
    const what = value?.description ?? '';
    if (!/^\d+$/.test(name) || value?.objectId === undefined || !/^(?:Local|Block|Catch|With)\b/.test(what)) continue;
    variables.push(...(await variablesIn(session, value.objectId)));
    if (what.startsWith('Local')) break;
  }
  return variables;
}

/** The variables of a scope, as the inspector has it. One that has no value yet is left out. */
export async function variablesIn(session: Session, scope: string): Promise<Variable[]> {
  const { result } = await session.send('Runtime.getProperties', { objectId: scope, ownProperties: true }, ANSWER_WITHIN_MS);
  return result.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value: shorten(value) }]));
}

function shorten({ type, subtype, value, description, unserializableValue }: Runtime.RemoteObject): string {
  if (type === 'string') return cut(JSON.stringify(value));
  if (type === 'undefined' || subtype === 'null') return subtype ?? type;
  if (type === 'function') return cut(/^(?:async )?(?:function|class)\*? ?\w*/.exec(description ?? '')?.[0].trim() ?? 'function');
  return cut((unserializableValue ?? description ?? String(value)).split('\n')[0] ?? '');
}

function cut(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

type Internals = readonly Runtime.InternalPropertyDescriptor[];

async function internalsOf(session: Session, objects: HeapObjects, id: number): Promise<Internals> {
  const objectId = await objects.find(id);
  if (objectId === undefined) return [];
  const { internalProperties } = await session.send('Runtime.getProperties', { objectId, ownProperties: true }, ANSWER_WITHIN_MS);
  return internalProperties ?? [];
}

function find(internals: Internals, name: string): Runtime.RemoteObject | undefined {
  return internals.find((each) => each.name === name)?.value;
}

function locationIn(internals: Internals, scripts: Scripts): Location | undefined {
  const name = /^(?:async\s*)?(?:function)?\s*\*?\s*([\w$]*)/.exec(find(internals, '[[GeneratorFunction]]')?.description ?? '')?.[1] ?? '';
  return placeOf(find(internals, '[[GeneratorLocation]]'), name, scripts);
}

function placeOf(value: Runtime.RemoteObject | undefined, name: string, scripts: Scripts): Location | undefined {
  const at = value?.value as { readonly scriptId?: unknown; readonly lineNumber?: unknown; readonly columnNumber?: unknown } | undefined;
  if (typeof at?.scriptId !== 'string' || typeof at.lineNumber !== 'number') return undefined;
  return {
    function: name,
    script: at.scriptId,
    url: scripts.get(at.scriptId)?.url ?? '',
    line: at.lineNumber + 1,
    column: (typeof at.columnNumber === 'number' ? at.columnNumber : 0) + 1,
  };
}

async function inBatches(ids: readonly number[], ask: (id: number) => Promise<void>): Promise<void> {
  for (let at = 0; at < ids.length; at += AT_ONCE) await Promise.all(ids.slice(at, at + AT_ONCE).map(ask));
}
