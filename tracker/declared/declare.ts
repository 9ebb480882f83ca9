/** Puts a declaration into the program: at once in what is loaded, and in what is loaded later. */
import { resolve } from 'node:path';
import { guarded } from '../failure.ts';
import { type LoadedModule, whenFileLoaded, whenLoaded, type PackageFormat } from '../modules.ts';
import type { ScopeDeclaration } from '../protocol.ts';
import { createBounds } from './bounds.ts';
import { type Declared, describe } from './description.ts';
import { createEntrance, createMaking } from './entering.ts';
import { createExit, createUse } from './leaving.ts';
import { findMember, type Member, readProperty } from './members.ts';
import { exportedBy, parseWayIn, type WayIn } from './paths.ts';
import { type Point, pointAt } from './points.ts';
import { whenGiven } from './results.ts';

export interface DeclareOptions {
  /** See {@link whenLoaded}. */
  readonly format?: PackageFormat;
  /** What the paths begin at. Absent: what the modules export that are loaded from now on. */
  readonly exports?: object;
}

export function declareScope(declaration: ScopeDeclaration, { format = 'any', exports }: DeclareOptions = {}): void {
  const { package: packageName, module } = declaration;
  const ways = [declaration.enter].flat().map(parseWayIn);
  const names = ways.flatMap(exportedBy);
  const put = putter(declaration, ways);
  if (exports !== undefined) {
    put(exports, true);
    return;
  }
  if (packageName === undefined) {
    if (module !== undefined) whenFileLoaded(resolve(module), (loaded, from) => { put(loaded, true, from); }, names);
    return;
  }
  whenLoaded(packageName, (loaded, from) => {
    put(loaded, module === undefined || from.file === module, from);
  }, format, names);
}

/** `entering`: whether the way in is looked for, too. */
type Put = (exports: unknown, entering: boolean, from?: LoadedModule) => void;

/** Looks for the declared functions in what a module exports. Each is found once. */
function putter(declaration: ScopeDeclaration, ways: readonly WayIn[]): Put {
  const declared = describe(declaration);
  const seen = new WeakSet();
  const isNew = (point: Point | undefined): point is Point => {
    if (point === undefined || seen.has(point)) return false;
    seen.add(point);
    return true;
  };
  const enterBy = entering(declared);
  /** `member`: the function that the first of the parts names. */
  const lead = (member: Member | undefined, [, ...rest]: readonly string[], made: boolean): void => {
    const isLast = rest.length === 0;
    const point = member === undefined ? undefined : pointAt(member, made && isLast);
    if (!isNew(point)) return;
    if (isLast) enterBy(point, made);
    else point.entrances.push(whenGiven((value) => { lead(findMember(value, rest[0] as string, readProperty), rest, made); }));
  };
  const others = [...declared.exits.map((exit) => [exit, createExit] as const), ...declared.uses.map((use) => [use, createUse] as const)];
  return guarded((exports: unknown, entering: boolean, from?: LoadedModule) => {
    for (const { parts, made } of entering ? ways : []) lead(findExported(exports, parts[0] as string, from), parts, made);
    for (const [method, create] of others) {
      const member = method.method.includes('.') ? findMember(exports, method.method) : undefined;
      const point = member === undefined ? undefined : pointAt(member);
      if (isNew(point)) point.exits.push(create(declared, method));
    }
  });
}

function entering(declared: Declared): (point: Point, made: boolean) => void {
  return (point, made) => {
    if (declared.settled) point.bounds.push(createBounds(declared));
    else point.entrances.push(made ? createMaking(declared) : createEntrance(declared));
  };
}

/** What a module exports as a function or a class is replaced in the module, where it can be. */
function findExported(exports: unknown, path: string, from: LoadedModule | undefined): Member | undefined {
  const isWhole = path === 'default' && from?.format === 'commonjs' && typeof exports === 'function';
  if (isWhole) return wholeModule(exports, from);
  const member = findMember(exports, path);
  if (member === undefined || from?.format !== 'module' || path.includes('.')) return member;
  return { ...member, write: (value) => { from.replace(path, value as object); } };
}

function wholeModule(exports: object, { replace }: LoadedModule): Member {
  const holder = { default: exports };
  return {
    holder,
    key: 'default',
    write: (value) => {
      if (replace('default', value as object)) holder.default = value as object;
    },
  };
}
