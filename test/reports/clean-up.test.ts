import { describe, expect, it } from 'vitest';
import { hasCleanUp } from '../../reports/clean-up.ts';
import { tokensOf } from '../../reports/source-tokens.ts';
import type { Place, Places } from '../../reports/sources.ts';

/** The function starts at `‹`, and stops at `•`; neither is part of the source. */
function judge(marked: string, word: 'yield' | 'await' = 'yield'): boolean | undefined {
  const source = marked.replace(/[‹•]/g, '');
  const placeOf = (mark: string, text: string): Place => {
    const before = text.slice(0, text.indexOf(mark)).split('\n');
    return { file: 'a.ts', line: before.length, column: (before.at(-1) ?? '').length + 1, library: false, internal: false };
  };
  const start = placeOf('‹', marked.replace('•', ''));
  const stop = placeOf('•', marked.replace('‹', ''));
  const places: Places = {
    of: (site) => (site === 1 ? start : stop),
    user: () => undefined,
    nameFile: (file) => file,
    excerpt: () => ({ firstLine: 1, lines: source.split('\n') }),
  };
  return hasCleanUp(places, 1, 2, word);
}

describe('what a generator has left to do', () => {
  it.each([
    ['a finally around', '‹async function* g() { try { •yield 1 } finally { close() } }'],
    ['a finally behind a catch', '‹async function* g() { try { •yield 1 } catch (e) { log(e) } finally { close() } }'],
    ['a finally behind the catch that yields', '‹async function* g() { try { f() } catch { •yield 1 } finally { close() } }'],
    ['a finally further out', '‹async function* g() { try { for (const x of y) { if (x) •yield x } } finally { close() } }'],
    ['a place in the operand', '‹async function* g() { try { const a = yield log.•length } finally { } }'],
    ['a place behind an await in the operand', '‹async function* g() { try { yield (await rows()).•length } finally { } }'],
    ['an object literal as operand', '‹async function* g() { try { yield { a: 1, b: row.•b } } finally { } }'],
    ['a using', '‹async function* g() { using file = open(); •yield 1 }'],
    ['an await using', '‹async function* g() { await using db = await connect(); for (;;) { •yield 1 } }'],
    ['a method with types', 'class A {\n  ‹async *rows<T extends {}>(this: A, { a } = { a: 1 }): AsyncGenerator<T> {\n try { •yield 1 } finally {} } }'],
    ['strings, templates and patterns in between', '‹async function* g() { const a = "}", b = `}${ {a: `}`}.a }}`, c = /[}/]\\}/; try { •yield 1 } finally {} }'],
    ['comments and apostrophes', "// it's } here\n‹async function* g() { /* } */ try { •yield 1 // isn't }\n } finally {} }"],
  ])('%s', (_name, source) => {
    expect(judge(source)).toBe(true);
  });

  it.each([
    ['no try', '‹async function* g() { •yield 1 }'],
    ['a catch alone', '‹async function* g() { try { •yield 1 } catch (e) { } }'],
    ['a finally around the function', 'try { ‹async function* g() { •yield 1 } } finally { }'],
    ['a finally of a function inside', '‹async function* g() { function f() { try { } finally { } } •yield 1 }'],
    ['a finally that is over', '‹async function* g() { try { f() } finally { } •yield 1 }'],
    ['a try that comes later', '‹async function* g() { •yield 1; try { f() } finally { } }'],
    ['the finally itself', '‹async function* g() { try { f() } finally { •yield 1 } }'],
    ['a using of another block', '‹async function* g() { { using a = b; f() } •yield 1 }'],
    ['methods called try and finally', '‹async function* g() { x.try({ a: 1 }); •yield 1; x.finally(() => {}) }'],
  ])('not: %s', (_name, source) => {
    expect(judge(source)).toBe(false);
  });

  it.each([
    ['an await', '‹async function* g() { try { const a = await •f() } finally { } }'],
    ['an await in the operand of a yield', '‹async function* g() { try { yield use(await rows.•next()) } finally { } }'],
    ['the end of the body', '‹async function* g() { try { return row.•a } finally { } }'],
    ['another generator', '‹async function* g() { try { yield* inner.•rows() } finally { } }'],
    ['the beginning of that', '‹async function* g() { try { •yield* inner.rows() } finally { } }'],
    ['a loop', '‹async function* g() { try { for await (const x of a.•b) { yield x } } finally { } }'],
    ['a string', '‹async function* g() { try { f("•yield") } finally { } }'],
    ['a source that ends too early', '‹async function* g() { try { •yield 1 '],
  ])('unknown: %s', (_name, source) => {
    expect(judge(source)).toBeUndefined();
  });

  it('looks for an await where a next is pending', () => {
    expect(judge('‹async function* g() { try { yield await •slow(1) } finally { } }', 'await')).toBe(true);
    expect(judge('‹async function* g() { try { •yield 1 } finally { } }', 'await')).toBeUndefined();
  });
});

describe('the words of a source', () => {
  const words = (source: string): string => [...tokensOf(source)].map(({ text }) => text).join(' ');

  it('tells divisions from regular expressions', () => {
    expect(words('a / b / c')).toBe('a / b / c');
    expect(words('f(a) / 2; x = /[/]}/g.test(y)')).toBe('f ( a ) / 2 ; x = ` . test ( y )');
    expect(words('return /}/')).toBe('return `');
  });

  it('reads templates to their end', () => {
    expect(words('`a${ b + `${c}` }d` + e')).toBe('` b + ` c ` ` + e');
  });

  it('takes whatever it is given', () => {
    for (const source of ['', '`${', "'", '"\\', '/*', '/', '}}}', '#!/usr/bin/env node\nx', '\u0000\ud800']) {
      expect(() => words(source)).not.toThrow();
    }
  });
});
