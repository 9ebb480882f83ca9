/** The configuration: what a project's users share, where an option of the command would be repeated. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findFault } from '../tracker/protocol.ts';
import type { ScopeDeclaration } from '../tracker/protocol.ts';
import { EXIT } from './exit-codes.ts';
import { nearest } from './nearest.ts';
import { Problem, reasonOf, systemCode } from './problem.ts';
import { readRegularFile } from './regular-files.ts';

export interface Config {
  /** Their files of the program's own are absolute paths. */
  readonly scopes: readonly ScopeDeclaration[];
}

const FILE = 'scope-trace.config.json';
const FIELD = 'scopeTrace';
const KEYS = ['$schema', 'scopes'];
const NOTHING: Config = { scopes: [] };
/** Nobody's `package.json` is larger. */
const LARGEST_MANIFEST = 2 ** 24;
/** Bytes of scopes. They reach the program in one variable of its environment, which Linux ends at 128 KiB. */
const LARGEST_SCOPES = 100_000;

/**
 * The nearest `scope-trace.config.json` above a folder, or the field `scopeTrace` of the nearest
 * `package.json` that has one, whichever is nearer.
 *
 * @throws {Problem} when it cannot be read or says something unknown, naming the place in the file
 */
export function readConfig(folder: string): Config {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, FILE);
    const text = readText(file);
    if (text !== undefined) return check(parse(file, text), { file, at: '' });
    const manifest = join(at, 'package.json');
    const field = readField(manifest);
    if (field !== undefined) return check(field, { file: manifest, at: FIELD });
    if (dirname(at) === at) return NOTHING;
  }
}

/** Absent: there is no such file. */
function readText(file: string): string | undefined {
  try {
    const stats = statSync(file);
    // A pipe or a device would keep us waiting.
    if (!stats.isFile() && !stats.isDirectory()) throw problem(`${file} cannot be read: it is no regular file.`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Problem) throw error;
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw problem(`${file} cannot be read: ${reasonOf(error)}.`);
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw problem(`${file} is no JSON: ${reasonOf(error)}.`);
  }
}

/** A damaged `package.json` is its own tools' to complain of. */
function readField(file: string): unknown {
  try {
    const manifest: unknown = JSON.parse(readRegularFile(file, LARGEST_MANIFEST) ?? '');
    return isObject(manifest) ? manifest[FIELD] : undefined;
  } catch {
    return undefined;
  }
}

interface Origin {
  readonly file: string;
  /** Where in it the configuration stands. Empty: it is all of it. */
  readonly at: string;
}

function check(value: unknown, { file, at }: Origin): Config {
  const path = (rest: string): string => [at, rest].filter((part) => part !== '').join('.');
  if (!isObject(value)) throw problem(`${file}: ${at === '' ? 'it' : at} must be an object.`);
  const stranger = Object.keys(value).find((key) => !KEYS.includes(key));
  if (stranger !== undefined) {
    const near = nearest(stranger, KEYS);
    throw problem(`${file}: ${path(stranger)} is not known. ${near === undefined ? `Known is: scopes.` : `Did you mean ${near}?`}`);
  }
  const { scopes = [] } = value;
  if (!Array.isArray(scopes)) throw problem(`${file}: ${path('scopes')} must be a list.`);
  const declared = (scopes as readonly unknown[]).map((scope, index) => {
    const fault = findFault(scope);
    if (fault !== undefined) throw problem(`${file}: ${path(`scopes[${index}]`)}${fault}`);
    return fromFolder(scope as ScopeDeclaration, dirname(file));
  });
  if (Buffer.byteLength(JSON.stringify(declared)) > LARGEST_SCOPES) {
    throw problem(`${file}: ${path('scopes')} is too long. It may have ${LARGEST_SCOPES / 1000} kB of JSON; leave out what the program does not use.`);
  }
  return { scopes: declared };
}

function fromFolder(scope: ScopeDeclaration, folder: string): ScopeDeclaration {
  const { package: packageName, module } = scope;
  return packageName === undefined && module !== undefined ? { ...scope, module: resolve(folder, module) } : scope;
}

function problem(message: string): Problem {
  return new Problem(message, EXIT.usage);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
