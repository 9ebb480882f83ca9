/** The rooms and the directions between them, read from the imports themselves. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { rules } from '../reports/index.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ROOMS = ['tracker', 'reports', 'src', 'page'] as const;

interface Import {
  /** Path of the importing file, relative to the package. */
  readonly from: string;
  /** Path of the imported file, relative to the package, or the specifier when it is no relative one. */
  readonly to: string;
  readonly relative: boolean;
  /** True: gone when the program runs. */
  readonly typeOnly: boolean;
}

function listFiles(room: string): string[] {
  return readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(room, name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const typeOnly = typeImportsOf(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName, pos }) => {
    const isRelative = fileName.startsWith('.');
    const to = isRelative ? relative(ROOT, resolve(ROOT, dirname(file), fileName)) : fileName;
    const within = typeOnly.some((statement) => statement.pos <= pos && pos < statement.end);
    return { from: file, to, relative: isRelative, typeOnly: within };
  });
}

function typeImportsOf(source: ts.SourceFile): ts.Statement[] {
  return source.statements.filter(
    (statement) =>
      (ts.isImportDeclaration(statement) && statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) ||
      (ts.isExportDeclaration(statement) && statement.isTypeOnly),
  );
}

const imports = ROOMS.flatMap(listFiles).flatMap(importsOf);
const from = (room: string): Import[] => imports.filter((each) => each.from.startsWith(`${room}/`));
const show = (each: Import): string => `${each.from} imports ${each.to}`;

describe('the house', () => {
  it('has a protocol that imports nothing but its own families', () => {
    const protocol = (path: string): boolean => path === 'tracker/protocol.ts' || path.startsWith('tracker/protocol/');
    expect(imports.filter((each) => protocol(each.from) && !protocol(each.to)).map(show)).toEqual([]);
  });

  it('has a protocol with one door', () => {
    const strays = imports.filter((each) => each.to.startsWith('tracker/protocol/') && !each.from.startsWith('tracker/protocol'));
    expect(strays.map(show)).toEqual([]);
  });

  it('has a tracker that imports only itself and Node: it lives in programs that are not ours', () => {
    const strays = from('tracker').filter((each) => !each.to.startsWith('tracker/') && !each.to.startsWith('node:'));
    expect(strays.map(show)).toEqual([]);
  });

  it('has reports that import only themselves and the protocol: they are pure', () => {
    const strays = from('reports').filter((each) => !each.to.startsWith('reports/') && each.to !== 'tracker/protocol.ts');
    expect(strays.map(show)).toEqual([]);
  });

  it('has a page that imports itself, what draws, and of the reports the shape of its data: it runs in a browser', () => {
    const shape = 'reports/formats/html/data-shape.ts';
    const strays = from('page').filter((each) => !each.to.startsWith('page/') && !/^d3-[a-z]+$/.test(each.to) && each.to !== shape);
    expect(strays.map(show)).toEqual([]);
    expect(imports.filter((each) => each.from === shape).map(show)).toEqual([]);
  });

  it('has a page that nobody imports: the build puts it into a file', () => {
    expect(imports.filter((each) => each.to.startsWith('page/') && !each.from.startsWith('page/')).map(show)).toEqual([]);
  });

  it('has one door to the reports and one to the tracker: the rest may change freely', () => {
    const doors = ['reports/index.ts', 'tracker/protocol.ts'];
    const strays = from('src').filter((each) => each.relative && !each.to.startsWith('src/') && !doors.includes(each.to));
    expect(strays.map(show)).toEqual([]);
  });

  it('has no room that imports tests', () => {
    expect(imports.filter((each) => /^(test|bench|examples)\//.test(each.to)).map(show)).toEqual([]);
  });

  it('writes relative imports with their extension, as Node wants them', () => {
    expect(imports.filter((each) => each.relative && !/\.tsx?$/.test(each.to)).map(show)).toEqual([]);
  });

  it('has no cycles when it runs', () => {
    expect(findCycle(imports.filter((each) => !each.typeOnly))).toEqual([]);
  });
});

describe('the repository', () => {
  it('holds no installed packages, and no link to a folder of them', () => {
    const { stdout } = spawnSync('git', ['ls-files', '*node_modules'], { cwd: ROOT, encoding: 'utf8' });
    expect(stdout).toBe('');
  });
});

describe('the rules', () => {
  const ids = rules.map((rule) => rule.id).sort();

  it('are one file each, named like the rule', () => {
    const files = readdirSync(join(ROOT, 'reports/rules')).map((name) => name.replace(/\.ts$/, ''));
    expect(files.filter((name) => name !== 'index').sort()).toEqual(ids);
  });

  it('are headings of RULES.md', () => {
    const headings = [...readFileSync(join(ROOT, 'RULES.md'), 'utf8').matchAll(/^### (.+)$/gm)].map((match) => match[1]);
    expect(headings.sort()).toEqual(ids);
  });

  it('have programs that break them and quiet twins', () => {
    const folder = join(ROOT, 'test/programs/rules');
    expect(readdirSync(folder).sort()).toEqual(ids);
    for (const id of ids) {
      const programs = readdirSync(join(folder, id)).filter((name) => name.endsWith('.mjs'));
      expect(programs.filter((name) => name.endsWith('.quiet.mjs')), id).not.toEqual([]);
      expect(programs.filter((name) => !name.endsWith('.quiet.mjs')), id).not.toEqual([]);
    }
  });
});

/** The files of one cycle, or none. */
function findCycle(edges: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from: source, to, relative: isRelative } of edges) {
    if (isRelative) targets.set(source, [...(targets.get(source) ?? []), to]);
  }
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    if (done.has(file)) return [];
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    path.push(file);
    for (const target of targets.get(file) ?? []) {
      const cycle = visit(target);
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  return [...targets.keys()].map(visit).find((cycle) => cycle.length > 0) ?? [];
}
