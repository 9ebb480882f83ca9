/** Places in the code: captured from the stack, interned, and announced once. */
import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { emit } from './channel.ts';
import { announceSourceMap } from './source-maps.ts';

export class Site {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly name: string | null;
  /** The start of the function that this place lies in; itself for a function's start. */
  readonly fn: FunctionSite;
  /** Announced id, 0 when not announced. */
  id = 0;

  constructor(file: string, line: number, column: number, name: string | null, fn: FunctionSite) {
    this.file = file;
    this.line = line;
    this.column = column;
    this.name = name;
    this.fn = fn;
  }
}

/** A function of the program: the identity by which frames and calls are matched. */
export class FunctionSite {
  /** Node's own code (`node:` files). */
  readonly internal: boolean;
  /** Node's own module loader and start-up code. */
  readonly loader: boolean;
  /** This package's own library, of whichever installation. */
  readonly own: boolean;
  /** Offset at which a call of it makes its promise: the lowest one seen. -1 before that. */
  start = -1;
  readonly line: number;
  readonly column: number;
  /** Where its code starts, made when first asked for. */
  place: Site | null = null;

  /** Of a package that schedules the program's code by itself. */
  readonly scheduler: boolean;

  /** The body of a module or script: no call of a function. */
  readonly body: boolean;

  constructor(file: string, line: number, column: number) {
    this.line = line;
    this.column = column;
    this.body = line === 1 && column === 1;
    this.internal = file.startsWith('node:');
    this.loader = this.internal && LOADER_FILES.test(file);
    this.own = isOwn(file);
    this.scheduler = SCHEDULERS.test(file);
  }
}

/** Frameworks of structured concurrency, which pass their scopes from one callback to the next. */
const SCHEDULERS = /[\\/]node_modules[\\/](?:effection|effect|@effect[\\/][^\\/]+)[\\/]/;

const LOADER_FILES = /^node:internal\/(modules|process|main|vm|bootstrap)\b/;

/** The command may come from one installation of this package, and the program's library from another. */
const ANY_INSTALLATION = /[\\/]node_modules[\\/]scope-trace[\\/]dist[\\/]|[\\/]scope-trace[\\/]dist[\\/](?:(?:index|remedies)\.cjs$|src[\\/](?:library|remedies)[\\/])/;

/** As CommonJS and as ES modules name it. */
let ownFolders: readonly string[] = [];

/** Where this package lies: its frames are not the program's. */
export function setOwnFolder(folder: string): void {
  ownFolders = [`${folder}${sep}`, `${pathToFileURL(folder).href}/`];
}

function isOwn(file: string): boolean {
  return ANY_INSTALLATION.test(file) || ownFolders.some((folder) => file.startsWith(folder));
}

const sites = new Map<string, Map<number, Site>>();
const functions = new Map<string, FunctionSite>();
let lastId = 0;
let kept = 0;
/** Enough for any program's code; beyond it (endless `eval`) the tables start anew. */
const MOST_SITES = 200_000;

/** Whether the place lies in the program's own code or that of its packages. */
export function isPrograms(site: Site): boolean {
  return !site.fn.internal && !site.fn.own;
}

/** True for a frame of V8's own code: `Promise.then`, `Array.map`, `new Promise`. */
export function isBuiltin(frame: NodeJS.CallSite): boolean {
  // Nearly all frames lie in a file, and its name costs a tenth of a line's number.
  return !frame.getFileName() && frame.getLineNumber() === null;
}

/** The place of a frame that is not a builtin. */
export function siteOf(frame: NodeJS.CallSite): Site {
  const file = frame.getFileName() ?? '';
  const position = positionOf(frame);
  let ofFile = sites.get(file);
  if (ofFile === undefined) {
    ofFile = new Map();
    sites.set(file, ofFile);
  }
  return ofFile.get(position) ?? internSite(frame, file, position, ofFile);
}

interface DetailedCallSite extends NodeJS.CallSite {
  getPosition(): number;
  getEnclosingLineNumber(): number;
  getEnclosingColumnNumber(): number;
}

export function positionOf(frame: NodeJS.CallSite): number {
  return (frame as DetailedCallSite).getPosition();
}

function internSite(frame: NodeJS.CallSite, file: string, position: number, ofFile: Map<number, Site>): Site {
  if (++kept > MOST_SITES) forgetSites();
  const detailed = frame as DetailedCallSite;
  const line = detailed.getEnclosingLineNumber();
  const column = detailed.getEnclosingColumnNumber();
  const key = `${file}:${line}:${column}`;
  let fn = functions.get(key);
  if (fn === undefined) {
    fn = new FunctionSite(file, line, column);
    functions.set(key, fn);
  }
  const site = new Site(file, frame.getLineNumber() ?? 0, frame.getColumnNumber() ?? 0, nameOf(frame), fn);
  ofFile.set(position, site);
  return site;
}

/** Where the function that a place lies in starts. */
export function startOf({ file, name, fn }: Site): Site {
  return (fn.place ??= new Site(file, fn.line, fn.column, name, fn));
}

function forgetSites(): void {
  kept = 0;
  sites.clear();
  functions.clear();
}

function nameOf(frame: NodeJS.CallSite): string | null {
  const name = frame.getFunctionName();
  if (name === null) return null;
  if (frame.isConstructor()) return `new ${name}`;
  if (frame.isToplevel() || name.includes('.')) return name;
  // A function set as a timer's callback has the timer as receiver: that is not its class.
  const type = frame.getMethodName() === name ? frame.getTypeName() : null;
  return type === null || type === 'Object' || type === 'Function' ? name : `${type}.${name}`;
}

/** Announces the place when it was not yet, and returns its id. */
export function announceSite(site: Site): number {
  if (site.id !== 0) return site.id;
  site.id = ++lastId;
  announceSourceMap(site.file);
  emit({
    kind: 'site-seen',
    site: site.id,
    file: site.file,
    line: site.line,
    column: site.column,
    ...(site.name === null ? {} : { function: site.name }),
  });
  return site.id;
}
