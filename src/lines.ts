import { createReadStream } from 'node:fs';

/** A line of a file. */
export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** False: the file stops inside this line. */
  readonly whole: boolean;
}

/** Longer lines are given without their text: no record is that long, and memory has an end. */
const LONGEST_LINE = 64 * 2 ** 20;

/** Reads a file line by line, keeping one line in memory. Empty lines are left out. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  let rest = '';
  let number = 1;
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 2 ** 18 })) {
    const parts = (chunk as string).split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      const text = rest + part;
      rest = '';
      if (text !== '') yield { text, number, whole: true };
      number += 1;
    }
    rest = rest.length + last.length > LONGEST_LINE ? ' ' : rest + last;
  }
  if (rest !== '') yield { text: rest, number, whole: false };
}
