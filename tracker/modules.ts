/**
 * Tells when a package's modules have been evaluated, CommonJS and ES modules alike, before whoever
 * imports them goes on.
 *
 * Of an ES module, the prototypes of the classes that it exports and the methods of the objects can be
 * changed; the functions and classes themselves where the module declares them under the same name.
 */
import { types } from 'node:util';
import { guarded } from './failure.ts';
import type { Undo } from './instruments/instrument.ts';
import { observeCommonJs } from './modules/commonjs.ts';
import { observeEsModules } from './modules/esm.ts';
import type { ReplaceExport } from './modules/observer.ts';
import { isNearby, packageOf } from './modules/packages.ts';

/** What is known of a module that was evaluated. */
export interface LoadedModule {
  /** Absolute path of its file. */
  readonly path: string;
  /** Absent: it lies in no package of `node_modules`. */
  readonly packageName?: string;
  /** Path inside the package with forward slashes, for example `lib/index.js`; absolute without one. */
  readonly file: string;
  readonly format: 'commonjs' | 'module';
  /** For those names that were announced as to be replaced, and for `default` of CommonJS. */
  readonly replace: ReplaceExport;
}

/** `exports`: for CommonJS `module.exports`, for an ES module its namespace. */
export type ModuleListener = (exports: unknown, module: LoadedModule) => void;

/** A package is written as CommonJS when all the code that matters is: then less has to be observed. */
export type PackageFormat = 'any' | 'commonjs';

const byPackage = new Map<string, ModuleListener[]>();
const byFile = new Map<string, ModuleListener[]>();
/** Names of exports to be replaced, by package or file. */
const replaced = new Map<string, Set<string>>();
const undos: Undo[] = [];
let observesCommonJs = false;
let observesEsModules = false;

/**
 * Calls `listener` for every module of the package that is evaluated from now on, its inner files
 * included: the class that is meant may be defined in any of them. What `listener` throws takes the
 * tracker out.
 *
 * @param format - of the package's own code; its wrappers for `import` do not count
 * @param names - exported functions and classes that are to be replaced
 */
export function whenLoaded(
  packageName: string, listener: ModuleListener, format: PackageFormat = 'any', names: readonly string[] = [],
): void {
  add(byPackage, packageName, listener);
  addNames(packageName, names);
  observe(format === 'any' && isNearby(packageName));
}

/** The same for a file of the program's own. @param path - absolute, as the loader resolves it */
export function whenFileLoaded(path: string, listener: ModuleListener, names: readonly string[] = []): void {
  add(byFile, path, listener);
  addNames(path, names);
  observe(true);
}

/** Takes back everything: nobody is told of anything any more. */
export function forgetModules(): void {
  for (const undo of undos.splice(0)) undo();
  byPackage.clear();
  byFile.clear();
  replaced.clear();
}

function addNames(key: string, names: readonly string[]): void {
  if (names.length === 0) return;
  const known = replaced.get(key) ?? new Set();
  replaced.set(key, known);
  for (const name of names) known.add(name);
}

function add(listeners: Map<string, ModuleListener[]>, key: string, listener: ModuleListener): void {
  const others = listeners.get(key);
  if (others === undefined) listeners.set(key, [listener]);
  else others.push(listener);
}

/** Nothing is put into the program before somebody asks for it. */
function observe(esModules: boolean): void {
  if (!observesCommonJs) {
    observesCommonJs = true;
    undos.push(observeCommonJs({ isWatched, tell: tellCommonJs }));
  }
  if (esModules && !observesEsModules) {
    observesEsModules = true;
    undos.push(observeEsModules({ isWatched, replacedIn, tell: tellEsModule }));
  }
}

function isWatched(path: string): boolean {
  if (byFile.size !== 0 && byFile.has(path)) return true;
  const found = packageOf(path);
  return found !== undefined && byPackage.has(found.name);
}

function replacedIn(path: string): readonly string[] {
  if (replaced.size === 0) return [];
  return [...replaced.get(path) ?? [], ...replaced.get(packageOf(path)?.name ?? '') ?? []];
}

/** What `require` gives for an ES module is its namespace: it may have been told of already. */
const told = new WeakSet<object>();

const tellCommonJs = guarded((path: string, exports: unknown, replace: ReplaceExport): void => {
  if (types.isModuleNamespaceObject(exports)) tellNamespace(path, exports as object, () => false);
  else tell(path, exports, 'commonjs', replace);
});

const tellEsModule = guarded(tellNamespace);

function tellNamespace(path: string, namespace: object, replace: ReplaceExport): void {
  if (told.has(namespace)) return;
  told.add(namespace);
  tell(path, namespace, 'module', replace);
}

function tell(path: string, exports: unknown, format: LoadedModule['format'], replace: ReplaceExport): void {
  const found = packageOf(path);
  const module: LoadedModule = found === undefined
    ? { path, file: path, format, replace }
    : { path, packageName: found.name, file: found.file, format, replace };
  for (const listener of byFile.get(path) ?? []) listener(exports, module);
  if (found === undefined) return;
  for (const listener of byPackage.get(found.name) ?? []) listener(exports, module);
}
