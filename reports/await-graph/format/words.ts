/** Tasks, leaves and times in a few words. */
import { count, group } from '../../describe/words.ts';
import { sanitize } from '../../formats/wrap.ts';
import type { Place } from '../../sources.ts';
import type { FunctionName, Leaf, Settler, WaitingTask } from '../model.ts';

export function wordsOfPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** `connect`, or what is known of a function without a name. */
export function nameOfTask({ name, kind, script, place }: WaitingTask): string {
  if (kind === 'module') return `top level of ${baseName(script ?? name)}`;
  if (name === '' && script === undefined && place === undefined) return 'a function that was not seen';
  return sanitize(name === '' ? 'anonymous function' : name);
}

/** Where it is suspended, or at least in which file it is. */
export function placeOfTask({ place, script, position }: WaitingTask): string {
  if (place !== undefined) return sanitize(wordsOfPlace(place));
  return sanitize(position === undefined ? baseName(script ?? '') : `somewhere in the function at ${baseName(script ?? '')}:${position.line}`);
}

export function placeOfFunction({ place, script, position }: FunctionName): string {
  if (place !== undefined) return sanitize(wordsOfPlace(place));
  if (script === undefined || script === '') return '';
  return sanitize(baseName(script) + (position === undefined ? '' : `:${position.line}:${position.column}`));
}

function baseName(path: string): string {
  return /[^\\/]*$/.exec(path)?.[0] || path;
}

/** `250 ms`, `12 s`, `3 min`, `2 h`. */
export function duration(ms: number): string {
  const size = Math.abs(ms);
  if (size < 1000) return `${Math.round(ms)} ms`;
  if (size < 120_000) return `${round(ms / 1000)} s`;
  if (size < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return `${group(Math.round(ms / 3_600_000))} h`;
}

function round(value: number): number {
  return Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}

/** `timer of 30 s, due in 12 s`, `socket 127.0.0.1:5432`, `Lock#q, 3 waiting`. */
export function wordsOfLeaf(leaf: Leaf): string {
  const parts = [firstWords(leaf)];
  if (leaf.timer?.dueInMs !== undefined) {
    parts.push(leaf.timer.dueInMs >= 0 ? `due in ${duration(leaf.timer.dueInMs)}` : `late by ${duration(-leaf.timer.dueInMs)}`);
  }
  if (leaf.queue !== undefined && leaf.queue.waiting > 1) parts.push(`${group(leaf.queue.waiting)} waiting`);
  if (leaf.ref === false) parts.push('unref’d');
  return sanitize(parts.join(', '));
}

/** What holds a resolver, without how many wait there: `Lock#q`, `event "listen" of Server`. */
export function wordsOfHolder(leaf: Leaf): string {
  return sanitize(firstWords(leaf));
}

function firstWords({ label, detail, timer }: Leaf): string {
  if (timer !== undefined) return `${label} of ${duration(timer.delayMs)}`;
  return detail === undefined ? label : `${label} ${detail}`;
}

/** Where a leaf was made, or what it calls. */
export function placeOfLeaf({ created, callback }: Leaf): string {
  if (created !== undefined) return sanitize(wordsOfPlace(created));
  return callback === undefined ? '' : placeOfFunction(callback);
}

/** What stands between a promise and what it waits for. Empty: nothing worth a line. */
export function wordsOfSettler(settler: Settler): string {
  switch (settler.kind) {
    case 'combinator':
      return `Promise.${settler.name}, ${count(settler.pending, 'member')} pending`;
    case 'then': {
      const handler = settler.handler;
      const name = handler === undefined || handler.name === '' ? '…' : sanitize(handler.name);
      const place = handler === undefined ? '' : placeOfFunction(handler);
      return `.${settler.method}(${name})${place === '' ? '' : ` ${place}`}`;
    }
    case 'nothing':
      return 'a promise that nothing can settle';
    case 'native':
      return `native code: ${settler.what.replace(/^Node \/ /, '')}`;
    case 'resolvers':
      return 'its resolving functions, held by other functions';
    default:
      return '';
  }
}
