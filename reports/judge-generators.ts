/** How the tasks that advance and close an async generator stand to each other. */
import type { Generator, GeneratorClosing, GeneratorEvent, GeneratorLeaving, GeneratorStop } from './fold/families/generators.ts';
import { hasCleanUp } from './clean-up.ts';
import { isAlive, isNodes, judgeLoan, soundUntil } from './judge.ts';
import type { ProgramTrace, Scope, Task } from './model.ts';
import type { JudgedGenerators, StepVerdict } from './rule.ts';
import { isUserCode, type Places } from './sources.ts';

/** Joins are followed this far. */
const FAR = 1000;
const MOST_OWNERS = 64;

export function judgeGenerators(trace: ProgramTrace, places: Places): JudgedGenerators {
  const undone = rememberCleanUp(places);
  const judged = {
    closing: (generator: Generator, closing: GeneratorClosing) => judgeClosing(generator, closing, trace, { places, undone }),
    going: (event: GeneratorEvent, scope: Scope) => judgeGoing(event, scope, trace),
    left: (generator: Generator) => judgeLeft(generator, { places, undone }),
  };
  return { ...judged, spokenFor: collectSpokenFor(trace, judged) };
}

interface Sight {
  readonly places: Places;
  /** Whether clean-up is left to do where the generator stopped, as far as its source tells. */
  readonly undone: (stop: GeneratorStop, word: 'yield' | 'await') => boolean;
}

/** A program may leave the same generator function a million times. */
function rememberCleanUp(places: Places): Sight['undone'] {
  const known = new Map<string, boolean>();
  return ({ body, at, scopes }, word) => {
    if (scopes.length > 0) return true;
    const key = `${body} ${at} ${word}`;
    let answer = known.get(key);
    if (answer === undefined) known.set(key, (answer = hasCleanUp(places, body, at, word) === true));
    return answer;
  };
}

function collectSpokenFor(trace: ProgramTrace, judged: Omit<JudgedGenerators, 'spokenFor'>): Set<Scope> {
  const spokenFor = new Set<Scope>();
  for (const generator of trace.generators.all) {
    for (const event of generator.advances) {
      for (const scope of event.scopes) if (judged.going(event, scope) === 'stranger') spokenFor.add(scope);
    }
    for (const closing of generator.closings) {
      if (judged.closing(generator, closing) === 'stranger') for (const scope of closing.scopes) spokenFor.add(scope);
    }
    for (const scope of judged.left(generator)?.scopes ?? []) spokenFor.add(scope);
  }
  return spokenFor;
}

function judgeClosing(
  generator: Generator, closing: GeneratorClosing, trace: ProgramTrace, { places, undone }: Sight,
): StepVerdict {
  const { task } = closing;
  const owners = ownersOf(generator, closing);
  if (owners.has(task) || isNodes(task, trace) || [...owners].some((owner) => isNodes(owner, trace))) return 'allowed';
  if (!isUsers(closing.from, places) || [...owners].some((owner) => isCancelled(owner, task))) return 'allowed';
  if (!undone(closing, 'yield')) return 'allowed';
  const loan = judgeLoan(task, (one) => owners.has(one), trace);
  if (loan !== 'none') return loan === 'lent' ? 'allowed' : 'undecided';
  const sure = closing.certain && generator.advances.every(({ certain }) => certain);
  return sure && closing.order <= soundUntil(trace) ? 'stranger' : 'undecided';
}

/** Those who advanced it before, and those who waited for one of them, which had ended. */
function ownersOf(generator: Generator, closing: GeneratorClosing): Set<Task> {
  const owners = new Set(generator.advances.filter(({ order }) => order < closing.order).map(({ task }) => task));
  for (const owner of owners) {
    if (owner.ended === undefined || owner.ended.order > closing.order) continue;
    for (const join of owner.joins) if (join.order < closing.order && owners.size < MOST_OWNERS) owners.add(join.task);
  }
  return owners;
}

/** A task may stop what it has started and waits for. */
function isCancelled(owner: Task, by: Task): boolean {
  if (!owner.joins.some(({ task }) => task === by)) return false;
  let at = owner.spawner;
  for (let steps = 0; at !== undefined && steps < FAR; at = at.spawner, steps++) if (at === by) return true;
  return false;
}

function judgeGoing(event: GeneratorEvent, scope: Scope, trace: ProgramTrace): StepVerdict {
  const { task } = event;
  if (scope.entered.task === task || isNodes(task, trace) || isNodes(scope.entered.task, trace)) return 'allowed';
  const owns = (one: Task): boolean => scope.owners.some((owner) => owner.task === one && owner.since.order < event.order);
  if (owns(task)) return 'allowed';
  const loan = judgeLoan(task, owns, trace);
  if (loan !== 'none') return loan === 'lent' ? 'allowed' : 'undecided';
  const sure = event.certain && scope.entered.certain && scope.owners.every(({ certain }) => certain);
  return sure && event.order <= soundUntil(trace) ? 'stranger' : 'undecided';
}

function judgeLeft({ left }: Generator, { places, undone }: Sight): GeneratorLeaving | undefined {
  if (left === undefined || !left.certain || !isUsers(left.from, places)) return undefined;
  // Who still waits for something has not left it: what becomes of that task is another matter.
  if (left.how === 'drained' && isAlive(left.task)) return undefined;
  return undone(left, left.how === 'blocked' ? 'await' : 'yield') ? left : undefined;
}

function isUsers(site: number | undefined, places: Places): boolean {
  const place = places.of(site);
  return place !== undefined && isUserCode(place);
}
