/** How tasks are called in sentences and in paths. */
import type { Task } from '../model.ts';
import { isUserCode, type Place, type Places } from '../sources.ts';
import { nameResource } from './resources.ts';
import { group } from './words.ts';

/** Longer paths keep their ends: where it came from and where it is. */
const FIRST_STEPS = 2;
const LAST_STEPS = 3;
const MANY_STEPS = 7;

/** What a task is called by. */
export type NamedTask = Pick<Task, 'origin' | 'name' | 'resource' | 'site' | 'from'>;

/** `main`, `task "OBSERVATION"`, `connect`, `timer`: a task in a path. */
export function labelTask(task: NamedTask, places: Places): string {
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
export function placeOfTask(task: NamedTask, places: Places): Place | undefined {
  const own = places.of(task.site);
  const from = places.of(task.from);
  const inline = task.origin === 'callback' || task.origin === 'named' || task.origin === 'then';
  const [first, second] = inline ? [from, own] : [own, from];
  if (first !== undefined && isUserCode(first)) return first;
  if (second !== undefined && isUserCode(second)) return second;
  return first ?? second;
}

/** From the main task to this one, each with its place. Long paths leave out their middle. */
export function pathOfTask(task: Task, places: Places): readonly string[] {
  const { depth, first, second } = lineageOf(task);
  const whole = depth < MANY_STEPS;
  const tail: Task[] = [];
  const steps = whole ? depth : LAST_STEPS;
  for (let at: Task | undefined = task; at !== undefined && tail.length < steps; at = at.spawner) {
    tail.unshift(at);
  }
  const name = (step: Task): string => nameStep(step, places);
  if (whole) return tail.map(name);
  const gap = `… ${group(depth - FIRST_STEPS - LAST_STEPS)} tasks …`;
  return [name(first), name(second), gap, ...tail.map(name)];
}

interface Lineage {
  /** How many tasks there are from the first one to this one, both included. */
  readonly depth: number;
  readonly first: Task;
  readonly second: Task;
}

/** A timer that schedules itself makes chains of any length, so each is walked only once. */
const lineages = new WeakMap<Task, Lineage>();

function lineageOf(task: Task): Lineage {
  const unknown: Task[] = [];
  const seen = new Set<Task>();
  let at: Task | undefined = task;
  while (at !== undefined && !lineages.has(at) && !seen.has(at)) {
    seen.add(at);
    unknown.push(at);
    at = at.spawner;
  }
  let above = at === undefined ? undefined : lineages.get(at);
  for (const one of unknown.reverse()) {
    above =
      above === undefined
        ? { depth: 1, first: one, second: one }
        : { depth: above.depth + 1, first: above.first, second: above.depth === 1 ? one : above.second };
    lineages.set(one, above);
  }
  return above ?? { depth: 1, first: task, second: task };
}

function nameStep(task: Task, places: Places): string {
  const label = labelTask(task, places);
  const place = task.origin === 'main' ? undefined : placeOfTask(task, places);
  return place === undefined ? label : `${label} ${baseName(place.file)}:${place.line}`;
}

function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
