import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A small annotated program, and what its first lines say about how to run it. */
export interface Program {
  /** Relative to `test/programs`, with forward slashes: the name of its tests. */
  readonly name: string;
  /** Absolute path. */
  readonly path: string;
  readonly source: string;
  /** For scope-trace. */
  readonly options: readonly string[];
  /** For Node. */
  readonly execArgv: readonly string[];
  /** How it ends. */
  readonly exitCode: number;
  /** The oldest major version of Node that can run it. */
  readonly oldestNode: number;
  readonly hasTwin: boolean;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAMS = join(ROOT, 'test', 'programs');

/** All programs below a folder of `test/programs`, sorted by name. Files in `parts` folders are none. */
export function findPrograms(folder: string): readonly Program[] {
  return readdirSync(join(PROGRAMS, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mjs') && basename(dirname(name)) !== 'parts')
    .sort()
    .map((name) => readProgram(join(PROGRAMS, folder, name)));
}

/** @param path - absolute */
export function readProgram(path: string): Program {
  const source = readFileSync(path, 'utf8');
  const header = (key: string): string | undefined => new RegExp(`^// ${key}: ([^,\n]*)`, 'm').exec(source)?.[1];
  const words = (text: string | undefined): string[] => text?.split(' ').filter((word) => word !== '') ?? [];
  return {
    name: relative(PROGRAMS, path).replaceAll('\\', '/'),
    path,
    source,
    options: words(header('options')),
    execArgv: words(header('exec')),
    exitCode: Number(header('exit') ?? 0),
    oldestNode: Number(header('node')?.replace('>=', '') ?? 0),
    hasTwin: header('twin') !== 'none',
  };
}

/**
 * A folder outside the package, where generated CommonJS programs find `scope-trace` as they
 * would find an installed package.
 */
export function createTwinFolder(): { readonly path: string; readonly write: (program: Program) => Program; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'twins-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules', 'scope-trace'), 'dir');
  const mark = readFileSync(join(PROGRAMS, 'mark.mjs'), 'utf8');
  writeFileSync(join(folder, 'mark.cjs'), `${toCommonJs(mark)}\nmodule.exports = { mark }\n`);
  return {
    path: folder,
    write: (program) => {
      const name = program.name.replace(/\.mjs$/, '.cjs');
      const path = join(folder, name);
      const source = wrapMain(toCommonJs(program.source));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, source);
      return { ...program, name, path, source };
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Line by line, so that every line keeps its number. */
function toCommonJs(source: string): string {
  return source
    .replace(/^import \* as (\w+) from '([^']+)'/gm, "const $1 = require('$2')")
    .replace(/^import (\w+) from '([^']+)'/gm, "const $1 = require('$2')")
    .replace(/^import \{([^}]*)\} from '([^']+)'/gm, (_, names: string, from: string) => {
      return `const {${names.replaceAll(' as ', ': ')}} = require('${from.replace(/mark\.mjs$/, 'mark.cjs')}')`;
    })
    .replace(/^export /gm, '')
    .replace(/fileURLToPath\(import\.meta\.url\)/g, '__filename');
}

/** CommonJS has no top-level await: the program becomes the body of an async function. */
function wrapMain(source: string): string {
  const lines = source.trimEnd().split('\n');
  const lastImport = lines.findLastIndex((line) => line.includes('require('));
  return lines
    .map((line, index) => (index === lastImport ? `${line}; const main = async () => {` : line))
    .concat('}', 'main()', '')
    .join('\n');
}
