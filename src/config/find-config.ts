/** Where the configuration stands, and what is written there. */
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EXIT } from '../exit-codes.ts';
import { Problem, reasonOf, systemCode } from '../problem.ts';
import { readRegularFile } from '../regular-files.ts';

/** What was found. */
export interface FoundConfig {
  readonly value: unknown;
  readonly file: string;
  /** Where in the file it stands. Empty: it is all of it. */
  readonly at: string;
}

const EXTENSIONS = ['json', 'js', 'mjs', 'cjs', 'ts', 'mts', 'cts'];
const NAMES = EXTENSIONS.map((extension) => `scope-trace.config.${extension}`);
const MANIFEST = 'package.json';
const FIELD = 'scopeTrace';
/** A file of code that waits for something that never comes is not waited for. */
const LONGEST_MS = 10_000;
/** Nobody's `package.json` is larger. */
const LARGEST_MANIFEST = 2 ** 24;

/**
 * The nearest file above a folder, or the nearest `package.json` with a field for it, whichever is nearer; in one
 * folder the file counts.
 *
 * @throws {Problem} when it cannot be read, or there are two
 */
export async function findConfig(folder: string): Promise<FoundConfig | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const [file, other] = NAMES.filter((name) => isThere(join(at, name)));
    if (other !== undefined) throw problem(`There are two configurations in ${at}, ${String(file)} and ${other}. Remove one of them.`);
    if (file !== undefined) return load(join(at, file));
    const field = readField(join(at, MANIFEST));
    if (field !== undefined) return { value: field, file: join(at, MANIFEST), at: FIELD };
    if (dirname(at) === at) return undefined;
  }
}

/** The file that the user named. */
export async function namedConfig(name: string): Promise<FoundConfig> {
  const file = resolve(name);
  if (basename(file) === MANIFEST) {
    const value = readField(file);
    if (value === undefined) throw problem(`--config: ${file} has no field ${FIELD}.`);
    return { value, file, at: FIELD };
  }
  if (!EXTENSIONS.includes(extname(file).slice(1))) throw problem(`--config: ${file} must end in ${EXTENSIONS.map((each) => `.${each}`).join(', ')}.`);
  return load(file);
}

function isThere(file: string): boolean {
  try {
    const stats = statSync(file);
    // A pipe or a device would keep us waiting.
    if (!stats.isFile() && !stats.isDirectory()) throw problem(`${file} cannot be read: it is no regular file.`);
    return true;
  } catch (error) {
    if (error instanceof Problem) throw error;
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw problem(`${file} cannot be read: ${reasonOf(error)}.`);
  }
}

async function load(file: string): Promise<FoundConfig> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw problem(`${file} cannot be read: ${reasonOf(error)}.`);
  }
  return { value: extname(file) === '.json' ? parse(file, text) : await evaluate(file), file, at: '' };
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw problem(`${file} is no JSON: ${reasonOf(error)}.`);
  }
}

/**
 * Its default export. The file may be TypeScript, and import this package under its name although it is
 * not installed, as with npx.
 */
async function evaluate(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti');
  const alias = { 'scope-trace': fileURLToPath(new URL('../index.js', import.meta.url)) };
  const waiting = new AbortController();
  const late = sleep(LONGEST_MS, undefined, { signal: waiting.signal }).then(
    () => { throw new Error(`it had not ended after ${LONGEST_MS / 1000} s.`); },
    () => undefined,
  );
  const left = (): void => {
    process.exitCode = EXIT.usage;
    process.stderr.write(`scope-trace: ${file} ended the command before the program ran.\n`);
  };
  process.once('exit', left);
  try {
    const value = createJiti(import.meta.url, { alias, fsCache: false, moduleCache: false }).import(file, { default: true });
    return settle(await Promise.race([value, late]));
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw problem(`${file} failed: ${reason.trim()}`);
  } finally {
    process.off('exit', left);
    waiting.abort();
  }
}

/** As plain data: what getters and proxies answer, they answer here and once. What refers to itself stays so, and is refused later on. */
function settle(value: unknown, seen = new Map<unknown, unknown>()): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  const settled: unknown[] | Record<string, unknown> = Array.isArray(value) ? [] : {};
  seen.set(value, settled);
  for (const [key, each] of Object.entries(value)) Object.defineProperty(settled, key, { value: settle(each, seen), enumerable: true, configurable: true, writable: true });
  return settled;
}

/** A damaged `package.json` is its own tools' to complain of. */
function readField(file: string): unknown {
  try {
    const manifest = JSON.parse(readRegularFile(file, LARGEST_MANIFEST) ?? '') as Readonly<Record<string, unknown>> | null;
    return manifest?.[FIELD];
  } catch {
    return undefined;
  }
}

export function problem(message: string): Problem {
  return new Problem(message, EXIT.usage);
}
