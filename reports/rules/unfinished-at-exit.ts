import { capital } from '../describe/words.ts';
import { nameHandle } from '../describe/handles.ts';
import type { Finding, FindingPlace } from '../finding.ts';
import type { ProgramTrace, Scope, Task } from '../model.ts';
import { isAlive } from '../judge.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const unfinishedAtExit: Rule = {
  id: 'unfinished-at-exit',
  family: 'leaks',
  severity: 'leak',
  title: 'the program ended while a task was still inside a scope',
  undecidedNoun: 'unfinished tasks',
  help: {
    what:
      'When the program ended, a task was suspended or still running and had an open scope. Tasks ' +
      'that are pending without a scope are counted and not reported: a daemon\'s polling loop is ' +
      'nothing wrong.',
    why:
      'The task\'s clean-up never ran. A `finally` behind a suspended `await` is not run at the end of ' +
      'a program: Node just stops.',
    cause:
      '`process.exit` in the middle of work, also in a signal\'s handler, or an `await` that nothing ' +
      'can settle any more, so that the program drains around it. A signal without a handler is not ' +
      'among them: it ends the program before anything can look, and the summary says that the ' +
      'recording has no end.',
    remedy:
      'Ask the tasks to stop, wait for them, and let the program end by itself: set ' +
      '`process.exitCode` instead of calling `process.exit`.',
    bad: `void withScope('worker', () => poll());
await main();
process.exit(0);`,
    good: `const stop = new AbortController();
const worker = withScope('worker', () => poll(stop.signal));
await main();
stop.abort();
await worker;`,
  },
  *check(trace, context) {
    for (const [task, scopes] of holders(trace, context)) {
      yield reportUnfinished(task, scopes, trace, context);
    }
  },
};

/** Tasks that no other rule speaks of, with what they hold, outermost scope first. */
function holders(trace: ProgramTrace, { judged, waits }: RuleContext): Map<Task, Scope[]> {
  const held = new Map<Task, Scope[]>();
  for (const scope of trace.scopes) {
    if (judged.fate(scope) !== 'held') continue;
    const owner = scope.owners.findLast((one) => isAlive(one.task))?.task;
    if (owner === undefined || waits.spokenFor.has(owner) || (owner.certain && (judged.leak(owner) !== undefined || judged.loss(owner)?.certain === true))) continue;
    const scopes = held.get(owner);
    if (scopes === undefined) held.set(owner, [scope]);
    else scopes.push(scope);
  }
  return held;
}

const ENDINGS = {
  drained: 'the program had nothing left to do',
  'exit-called': 'the program was made to exit',
  signal: 'a signal ended the program',
} as const;

function reportUnfinished(
  task: Task,
  scopes: readonly Scope[],
  trace: ProgramTrace,
  context: RuleContext,
): Finding {
  const { describe } = context;
  const scope = scopes[0] as Scope;
  const others = scopes.length - 1;
  const more = others === 0 ? '' : ` and ${others} more ${others === 1 ? 'scope' : 'scopes'}`;
  const name = describe.mention(task);
  const how = trace.ended?.how ?? 'drained';
  const certain = scope.entered.task === task ? scope.entered.certain : task.certain;
  return describe.finding({
    rule: unfinishedAtExit,
    message:
      `${capital(name)} was still inside scope "${scope.name}"${more} when ${ENDINGS[how]}, so its ` +
      'clean-up never ran.',
    advice:
      how === 'drained'
        ? `Find out what ${describe.again(task)} waits for: nothing was left that could have settled ` +
          'it, so settle it or abort it.'
        : `Ask ${describe.again(task)} to stop and wait for it before the program ends.`,
    task: describe.reference(task, certain),
    roles: { task: 'unfinished' },
    places: [
      describe.event('entered here', scope.entered),
      ...describe.suspended(task),
      ...standing(task, trace, context),
    ],
    scope,
  });
}

const MOST_SHOWN = 2;

/** What the task had made and was still there: what it waits for, most likely. */
function standing(task: Task, trace: ProgramTrace, { describe, places }: RuleContext): FindingPlace[] {
  const made = trace.handles.filter((one) => one.task === task && one.closed === undefined && one.stack.length > 0);
  return made.slice(-MOST_SHOWN).map(({ type, refd, stack }) => {
    const name = nameHandle(type).replace(/^an? /, '');
    const label = refd ? `${name} made here, still there` : `${name} made here, still there and unref'd`;
    return describe.place(label, task, places.user(stack));
  });
}
