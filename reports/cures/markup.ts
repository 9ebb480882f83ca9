/** JSX, which is not read by tokens: code near it is, where none stands between. */
import { tokensOf } from '../source-tokens.ts';
import { slice, type Code } from './code.ts';
import { functionAround } from './statements.ts';

/** Whether the function around a token holds no markup, and reads the same when it is read alone. */
export function isPlain(code: Code, at: number): boolean {
  const around = functionAround(code, at);
  if (around === undefined) return false;
  const text = slice(code, around.open, around.close);
  if (text.includes('</') || text.includes('/>') || text.includes('<>')) return false;
  let index = around.open;
  for (const token of tokensOf(text)) if (token.text !== code.tokens[index++]?.text) return false;
  return index === around.close + 1;
}
