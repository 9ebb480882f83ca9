/** Tasks that were collected while they waited, for people. */
import { count } from '../../describe/words.ts';
import type { Style } from '../../formats/style.ts';
import { sanitize } from '../../formats/wrap.ts';
import type { VanishedCall, VanishedTask } from '../model.ts';
import { wordsOfPlace } from './words.ts';

const MOST_SHOWN = 10;

/** Lines without their ends; none when none is known. */
export function formatVanished(tasks: readonly VanishedTask[], style: Style): string[] {
  if (tasks.length === 0) return [];
  const times = new Map<string, number>();
  // The latest first: that is what somebody waits for just now.
  for (const text of [...tasks].reverse().map((task) => tellTask(task, style))) times.set(text, (times.get(text) ?? 0) + 1);
  const rest = times.size - MOST_SHOWN;
  const who = tasks.length === 1 ? 'a task was collected as garbage while it waited: nothing could have settled what it waited for' : `${count(tasks.length, 'task')} were collected as garbage while they waited: nothing could have settled what they waited for`;
  return [
    `${style.red('✗')} ${style.bold(who)}`,
    ...[...times].slice(0, MOST_SHOWN).map(([text, each]) => `    ${each === 1 ? '' : `${each} × `}${text}`),
    ...(rest > 0 ? [`    ${style.dim(`and ${count(rest, 'more place')}`)}`] : []),
  ];
}

function tellTask({ stack, tracked }: VanishedTask, { bold, dim }: Style): string {
  const lines = stack.map((call, at) => `${at === 0 ? '' : `      ${dim('awaited by')} `}${bold(nameOf(call))} ${placeOf(call)}`);
  const { started } = tracked;
  const [outermost] = stack.slice(-1);
  if (started !== undefined && started.line !== outermost?.begins?.line) lines.push(`      ${dim('started')} ${sanitize(wordsOfPlace(started))}`);
  return lines.join('\n');
}

function nameOf({ name }: VanishedCall): string {
  return sanitize(name === '' ? 'anonymous function' : name);
}

function placeOf({ place, begins }: VanishedCall): string {
  if (place !== undefined) return sanitize(wordsOfPlace(place));
  return begins === undefined ? '' : `somewhere in the function at ${sanitize(wordsOfPlace(begins))}`;
}
