import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { functionText } from '../../reports/await-graph/reach/function-text.ts';

function parses(code: string): boolean {
  try {
    return new Script(code) instanceof Script;
  } catch {
    return false;
  }
}

const SOURCE = `const other = 1;
class Lock {
  waiters = [];
  #free = 1;
  release() { this.#free++; }
  last = 2;
}
const after = 2;
`;

function textAt(line: number, mark: string): string | undefined {
  return functionText(SOURCE, { line, column: (SOURCE.split('\n')[line] ?? '').indexOf(mark) }, parses)?.trim();
}

describe('the text of one function', () => {
  it('is cut out from its parameters to its last brace', () => {
    expect(textAt(4, '(')).toBe('() { this.#free++; }');
  });

  it('is that of a class for what sets its fields, wherever V8 says that this begins', () => {
    expect(textAt(1, '{')).toMatch(/^waiters = [^]*last = 2;$/);
    expect(textAt(2, 'waiters')).toMatch(/^waiters = [^]*last = 2;$/);
  });

  it('is the whole script where nothing can be cut out', () => {
    expect(textAt(0, 'other')).toBe(SOURCE.trim());
  });
});
