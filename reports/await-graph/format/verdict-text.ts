/** A verdict in a few lines: what is proved, and the lines of code that it is about. */
import { count } from '../../describe/words.ts';
import type { Style } from '../../formats/style.ts';
import type { ObjectId, Verdict, WaitingTask } from '../model.ts';
import type { LookUp } from './look-up.ts';
import { nameOfTask, placeOfLeaf, placeOfTask, wordsOfLeaf } from './words.ts';

const MOST_SHOWN = 6;
const MOST_CALLERS = 3;

export function formatVerdict(verdict: Verdict, known: LookUp, style: Style): string[] {
  const lines = [`${verdict.certain ? style.red('✗') : style.yellow('?')} ${style.bold(headline(verdict, known))}`];
  if (verdict.cycle === undefined) lines.push(...listTasks(verdict, known, style));
  else for (const { task, leaf, next } of verdict.cycle) lines.push(...listStep(task, leaf, next, known, style));
  const others = verdict.dependents;
  if (others > 0) lines.push(`    ${style.dim(`${count(others, 'further task')} ${others === 1 ? 'waits' : 'wait'} for ${verdict.waiting === 1 ? 'this one' : 'these'}.`)}`);
  return lines;
}

function headline(verdict: Verdict, { leaf }: LookUp): string {
  const held = verdict.leaf === undefined ? undefined : leaf(verdict.leaf);
  const what = held === undefined ? undefined : wordsOfLeaf(held);
  const { waiting, cycle, kind } = verdict;
  if (kind === 'deadlock') {
    if (cycle !== undefined && cycle.length > 1) return `deadlock: ${count(cycle.length, 'task')} wait for each other`;
    if (cycle !== undefined) return 'deadlock: a task waits for its own end';
    return `deadlock: ${waiting === 1 ? 'a task waits' : `${count(waiting, 'task')} wait`} for ${what ?? 'something'}, which nobody but ${waiting === 1 ? 'itself' : 'those that wait'} could release`;
  }
  if (kind === 'never') return what === undefined ? 'nothing can settle this: the promise has no resolver' : `nothing can settle this: no code that may still run reaches ${what}`;
  return `only ${wordsOfReach(verdict, leaf) ?? 'other code'} can settle ${what === undefined ? 'this' : `this: ${what}`}`;
}

/** Who could still settle it. */
export function wordsOfReach({ by: [by] }: Verdict, leaf: LookUp['leaf']): string | undefined {
  const from = by === undefined ? undefined : leaf(by.from);
  return from === undefined ? undefined : [wordsOfLeaf(from), placeOfLeaf(from)].filter((part) => part !== '').join(' ');
}

function listTasks(verdict: Verdict, known: LookUp, style: Style): string[] {
  const seen = new Map<string, { lines: string[]; times: number }>();
  for (const id of verdict.tasks) {
    const task = known.task(id);
    if (task === undefined) continue;
    const lines = withCallers(task, known, style);
    const same = seen.get(lines.join('\n'));
    if (same === undefined) seen.set(lines.join('\n'), { lines, times: 1 });
    else same.times++;
  }
  const kinds = [...seen.values()];
  const shown = kinds.slice(0, MOST_SHOWN).flatMap(({ lines, times }) => lines.map((line, at) => `    ${at === 0 && times > 1 ? `${times} × ` : ''}${line}`));
  return kinds.length > MOST_SHOWN ? [...shown, `    ${style.dim(`and ${count(kinds.length - MOST_SHOWN, 'more place')}`)}`] : shown;
}

function listStep(id: ObjectId, leafId: ObjectId | undefined, nextId: ObjectId, known: LookUp, style: Style): string[] {
  const task = known.task(id);
  const next = known.task(nextId);
  if (task === undefined) return [];
  const leaf = leafId === undefined ? undefined : known.leaf(leafId);
  const what = leaf === undefined ? '' : ` ${wordsOfLeaf(leaf)}, which`;
  const who = next === undefined ? 'another' : nameOfTask(topOf(next, known));
  const lines = withCallers(task, known, style).map((line) => `    ${line}`);
  const words = leaf === undefined ? `waits for the end of ${who}` : `waits for${what} only ${who} could release`;
  return [...lines, `      ${style.dim(words)}`];
}

/** The task that a person knows: the outermost of those that only wait for one another. */
function topOf(task: WaitingTask, known: LookUp): WaitingTask {
  let top = task;
  for (let far = 0; far < MOST_CALLERS; far++) {
    const caller = known.caller(top);
    if (caller === undefined || caller.internal || caller === task) break;
    top = caller;
  }
  return top;
}

/** The task's line first, then those that await it. */
function withCallers(task: WaitingTask, known: LookUp, style: Style): string[] {
  const lines = [`${style.bold(nameOfTask(task))} ${placeOfTask(task)}`];
  const seen = new Set([task.id]);
  let at = known.caller(task);
  for (let far = 0; at !== undefined && !at.internal && !seen.has(at.id) && far < MOST_CALLERS; far++, at = known.caller(at)) {
    seen.add(at.id);
    lines.push(`  ${style.dim('awaited by')} ${style.bold(nameOfTask(at))} ${placeOfTask(at)}`);
  }
  return lines;
}
