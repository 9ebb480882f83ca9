/** The remedies: what keeps a program from the bugs that scope-trace finds. They work with the tracker and without it. */
export { deadline, moveOnAfter } from './deadline.ts';
export type { DeadlineOptions, Outcome } from './deadline.ts';
export { drain } from './drain.ts';
export type { Drained, DrainOptions } from './drain.ts';
export { CancelledError, StillRunningError, TimeoutError } from './errors.ts';
export type { RunningTask } from './errors.ts';
export { guardIterator } from './guard-iterator.ts';
export type { GuardedIterator, GuardOptions } from './guard-iterator.ts';
export { health } from './health.ts';
export type { Health, Residue } from './health.ts';
export { isolate } from './isolate.ts';
export { taskGroup } from './task-group.ts';
export type { TaskGroupOptions } from './group-options.ts';
export type { TaskFunction, TaskGroup } from './task-group.ts';
export { trackCall } from './track-call.ts';
export type { CallState, SafeToProceedOptions, TrackedCall } from './track-call.ts';
