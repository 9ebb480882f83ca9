import { expandLine } from '../tracker/protocol.ts';

/** What a line of a recording holds, not yet checked. Undefined for text that is no JSON; empty for a line of no known form. */
export function decodeLine(text: string): readonly unknown[] | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return Array.isArray(value) ? expandLine(value) : [value];
  } catch {
    return undefined;
  }
}
