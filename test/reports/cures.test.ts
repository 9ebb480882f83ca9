/** Cures on the user's own lines: what becomes of code, and that it is code. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { cures } from '../../reports/cures/index.ts';
import { importOf } from '../../reports/cures/cure.ts';
import { findRule } from '../../reports/rules/index.ts';
import { explainRule } from '../../reports/rules-document.ts';
import * as remedies from '../../src/remedies/index.ts';
import { cureOf } from './cures/shapes.ts';
import { fanOuts, limits, owners, rooms, waits } from './cures/further.ts';
import { groups, iterators, races, timers } from './cures/table.ts';

/** What TypeScript's parser says of statements of an async function, or of a module. */
function errorsIn(code: string, isModule = false): string[] {
  const text = isModule ? code : `class Some extends Other {\nasync some() {\n${code}\n}\n#db; #watch; #controller; #scope;\n}`;
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ESNext } });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const shapes = [
  ['races', races], ['tasks that nobody waits for', groups], ['timers that abort', timers], ['generators', iterators], ['what a group goes around', rooms],
  ['fan-outs', fanOuts], ['time limits', limits], ['waits', waits], ['owners', owners],
] as const;

describe.each(shapes)('%s', (_, rows) => {
  it.each(rows)('$code', ({ shape, code, after, file }) => {
    expect(cureOf(shape, code, file)?.after).toBe(after);
  });

  it('come out as code', () => {
    for (const { shape, code, file } of rows) {
      const cure = cureOf(shape, code, file);
      if (cure === undefined) continue;
      const isModule = cure.before.startsWith('export');
      expect({ code, errors: errorsIn(cure.before, isModule) }).toEqual({ code, errors: [] });
      expect({ code, errors: errorsIn(cure.after, isModule) }).toEqual({ code, errors: [] });
    }
  });

  it('are left alone when the text around them is cut off', () => {
    for (const { shape, code, file } of rows) {
      for (const cut of [code.slice(0, code.lastIndexOf(')')), `${code}\n}`, `(${code}`]) {
        const cure = cut.includes('¦') ? cureOf(shape, cut, file) : undefined;
        expect({ cut, errors: cure === undefined ? [] : errorsIn(cure.after, cure.after.startsWith('export')) }).toEqual({ cut, errors: [] });
      }
    }
  });
});

describe('cures in general', () => {
  it.each(Object.entries(cures))('%s: code, with remedies that there are, told by explain', (id, { general }) => {
    expect(findRule(id)).toBeDefined();
    expect(errorsIn(general.before)).toEqual([]);
    expect(errorsIn(general.after)).toEqual([]);
    for (const name of general.remedies) {
      expect(remedies).toHaveProperty(name);
      expect(general.after).toContain(`${name}(`);
    }
    expect(explainRule(id)).toContain(importOf(general.remedies));
  });
});
