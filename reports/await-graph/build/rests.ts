/** What suspended functions have still to do, from where they stand in the text of their scripts. */
import type { Functions } from '../heap/functions.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import { restText } from '../reach/rest-text.ts';
import type { RestOf, TextOf } from '../reach/spread.ts';

/** A place in a script's text, from 0. */
export interface Standing {
  readonly line: number;
  readonly column: number;
}

/** Where a function is suspended, by the id of its generator. Undefined: it is not known. */
export type StandsAt = (generator: number) => Promise<Standing | undefined>;

export function readRests(heap: HeapGraph, functions: Functions, textOf: TextOf | undefined, standsAt: StandsAt | undefined): RestOf {
  return async (generator) => {
    const closure = heap.follow(generator, 'function');
    const begin = closure === -1 || functions.of(closure).internal ? undefined : heap.positionOf(closure);
    const [at, text] = begin === undefined ? [] : [await standsAt?.(heap.idOf(generator)), await textOf?.(closure)];
    const offset = at === undefined || text === undefined || begin === undefined ? undefined : offsetIn(text, begin, at);
    // It may have gone on since.
    if (begin === undefined || text === undefined || offset === undefined || !text.startsWith('await', offset)) return undefined;
    const rest = restText(text, offset);
    // All of it may be done again.
    if (rest === text) return undefined;
    return {
      text: rest,
      isBehind: (node) => {
        const made = heap.nameOf(node) === '' ? heap.positionOf(node) : undefined;
        return made !== undefined && made.scriptId === begin.scriptId && isBefore(begin, made) && (offsetIn(text, begin, made) ?? text.length) < text.length - rest.length;
      },
    };
  };
}

function isBefore(one: Standing, other: Standing): boolean {
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}

/** Of a place in a text that begins at another place. */
function offsetIn(text: string, begin: Standing, at: Standing): number | undefined {
  if (at.line === begin.line) return at.column < begin.column ? undefined : at.column - begin.column;
  let offset = 0;
  for (let line = begin.line; line < at.line; line++) {
    const end = text.indexOf('\n', offset);
    if (end === -1) return undefined;
    offset = end + 1;
  }
  return offset + at.column <= text.length ? offset + at.column : undefined;
}
