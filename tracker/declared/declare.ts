/** Puts a declaration into the program: at once in what is loaded, and in what is loaded later. */
import { resolve } from 'node:path';
import { guarded } from '../failure.ts';
import { whenFileLoaded, whenLoaded, type PackageFormat } from '../modules.ts';
import type { ScopeDeclaration } from '../protocol.ts';
import { createEntrance, createExit, describe } from './declared.ts';
import { findMember } from './members.ts';
import { type Point, pointAt } from './points.ts';

export interface DeclareOptions {
  /** See {@link whenLoaded}. */
  readonly format?: PackageFormat;
  /** What the paths begin at. Absent: what the modules export that are loaded from now on. */
  readonly exports?: object;
}

export function declareScope(declaration: ScopeDeclaration, { format = 'any', exports }: DeclareOptions = {}): void {
  const { package: packageName, module } = declaration;
  const put = putter(declaration);
  if (exports !== undefined) {
    put(exports, true);
    return;
  }
  if (packageName === undefined) {
    if (module !== undefined) whenFileLoaded(resolve(module), (loaded) => { put(loaded, true); });
    return;
  }
  whenLoaded(packageName, (loaded, { file }) => {
    put(loaded, module === undefined || file === module);
  }, format);
}

/** `entering`: whether the way in is looked for, too. */
type Put = (exports: unknown, entering: boolean) => void;

/** Looks for the declared functions in what a module exports. Each is found once. */
function putter(declaration: ScopeDeclaration): Put {
  const declared = describe(declaration);
  const seen = new WeakSet();
  const find = (exports: unknown, path: string): Point | undefined => {
    const member = findMember(exports, path);
    const point = member === undefined ? undefined : pointAt(member);
    if (point === undefined || seen.has(point)) return undefined;
    seen.add(point);
    return point;
  };
  const entrance = createEntrance(declared);
  return guarded((exports: unknown, entering: boolean) => {
    if (entering) find(exports, declaration.enter)?.entrances.push(entrance);
    for (const exit of declared.exits) {
      if (exit.method.includes('.')) find(exports, exit.method)?.exits.push(createExit(exit));
    }
  });
}
