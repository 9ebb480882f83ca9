/** How tasks are called in sentences and in paths. */
import type { Task } from '../model.ts';
import { isUserCode, type Place, type Places } from '../sources.ts';
import { nameResource } from './resources.ts';

/** Longer paths keep their ends: where it came from and where it is. */
const FIRST_STEPS = 2;
const LAST_STEPS = 3;
const MANY_STEPS = 7;

/** `main`, `task "OBSERVATION"`, `connect`, `timer`: a task in a path. */
export function labelTask(task: Task, places: Places): string {
  switch (task.origin) {
    case 'main':
      return 'main';
    case 'named':
      return `task "${task.name ?? ''}"`;
    case 'callback':
      return nameResource(task.resource);
    case 'unknown':
      return 'unknown task';
    default:
      return places.of(task.site)?.function ?? anonymous(task.origin);
  }
}

function anonymous(origin: 'async' | 'generator' | 'then'): string {
  if (origin === 'async') return 'async function';
  return origin === 'generator' ? 'async generator' : 'then callback';
}

/** `the main task`, `task "OBSERVATION"`, `task connect`, `a timer`: a task in a sentence. */
export function mentionTask(task: Task, places: Places): string {
  const label = labelTask(task, places);
  switch (task.origin) {
    case 'main':
      return 'the main task';
    case 'named':
      return label;
    case 'callback':
    case 'unknown':
      return withArticle(label);
    default:
      return places.of(task.site)?.function === undefined ? withArticle(label) : `task ${label}`;
  }
}

function withArticle(word: string): string {
  return `${/^([aeiou]|HTTP)/i.test(word) && !/^u(n|d)/i.test(word.slice(0, 2)) ? 'an' : 'a'} ${word}`;
}

/** Where a person finds the task: its own code, or where a callback or a named task was started. */
export function placeOfTask(task: Task, places: Places): Place | undefined {
  const own = places.of(task.site);
  const from = places.of(task.from);
  const inline = task.origin === 'callback' || task.origin === 'named' || task.origin === 'then';
  const [first, second] = inline ? [from, own] : [own, from];
  if (first !== undefined && isUserCode(first)) return first;
  if (second !== undefined && isUserCode(second)) return second;
  return first ?? second;
}

/** From the main task to this one, each with its place. */
export function pathOfTask(task: Task, places: Places): readonly string[] {
  const tasks: Task[] = [];
  const seen = new Set<Task>();
  for (let at: Task | undefined = task; at !== undefined && !seen.has(at); at = at.spawner) {
    seen.add(at);
    tasks.push(at);
  }
  tasks.reverse();
  if (tasks.length < MANY_STEPS) return tasks.map((step) => nameStep(step, places));
  const left = tasks.length - FIRST_STEPS - LAST_STEPS;
  return [
    ...tasks.slice(0, FIRST_STEPS).map((step) => nameStep(step, places)),
    `… ${left} tasks …`,
    ...tasks.slice(-LAST_STEPS).map((step) => nameStep(step, places)),
  ];
}

function nameStep(task: Task, places: Places): string {
  const label = labelTask(task, places);
  const place = task.origin === 'main' ? undefined : placeOfTask(task, places);
  return place === undefined ? label : `${label} ${baseName(place.file)}:${place.line}`;
}

function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
