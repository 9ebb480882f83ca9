import { isHeard, publish } from './announcements.ts';

/**
 * Runs `fn` as a task of its own under a name, also when the caller waits for it at once: the
 * caller then joins it. Returns what `fn` returns, the very promise if it is one, and throws what
 * `fn` throws.
 */
export function task<Result>(name: string, fn: () => Result): Result {
  if (!isHeard('taskStarted')) return fn();
  const token = {};
  publish('taskStarted', { task: token, name });
  let result: Result | undefined;
  try {
    result = fn();
    return result;
  } finally {
    publish('taskReturned', { task: token, result });
  }
}

/** A task as far as it is known at the moment of asking. */
export interface TaskView {
  /** Sequential within the program, never reused; the same as in the recording's calls. */
  readonly id: number;
  /** Its given name, its function's name, or the type of its callback. */
  readonly name: string;
}

/** An open scope at the moment of asking. */
export interface ScopeView {
  readonly id: number;
  readonly name: string;
}

interface Answer {
  readonly task?: TaskView;
  readonly scopes?: readonly ScopeView[];
}

function ask(): Answer {
  if (!isHeard('query')) return {};
  const answer: Answer = {};
  publish('query', answer);
  return answer;
}

/** The task that runs now. Absent without the tracker. */
export function currentTask(): TaskView | undefined {
  return ask().task;
}

/** The scopes open for the task that runs now, innermost first. Empty without the tracker. */
export function openScopes(): readonly ScopeView[] {
  return ask().scopes ?? [];
}
