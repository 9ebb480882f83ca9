import type { Describe } from '../describe/describe.ts';
import type { Finding } from '../finding.ts';
import type { Scope, ScopeEvent, Task } from '../model.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const crossTaskExit: Rule = {
  id: 'cross-task-exit',
  family: 'structure',
  severity: 'violation',
  title: 'a scope was exited by a task that never owned it',
  undecidedNoun: 'exits',
  standsAtOnce: true,
  help: {
    what:
      'One task entered a scope, and another task exited it. A scope belongs to its host task, the ' +
      'one that entered it. When the host task ends and another task waits for it, the scope passes ' +
      'on to the one that waited. It may also be exited by a task that an owner started and waits ' +
      'for, as in `Promise.all` of several `close()`, by a handler of a signal that an owner set, and ' +
      'by tests and hooks of Node\'s test runner when another of them has entered it. Every other task ' +
      'is a stranger to the scope. With `--strict` only the host task may exit it.',
    why:
      'Cancelling and cleaning up work from the inside out, along the line of execution that built ' +
      'it up. A stranger closes the scope while the host task may still be inside: the cancellation ' +
      'hits the wrong work, clean-up runs twice or in the wrong order, and errors surface far away.',
    cause:
      'A client, a session or a disposable stack is opened in one request or job, kept in a cache or ' +
      'a field, and closed by a later one, by a timer or by an event handler.',
    remedy:
      'Let one task own the resource from entry to exit: open and close it in the same function, or ' +
      'give it a task of its own that is asked to stop and does the closing itself. Waiting longer ' +
      'between the two does not help.',
    bad: `let session;
await task('observe', async () => { session = await openSession(); });
void task('decide', async () => { await session.close(); });`,
    good: `await task('agent', async () => {
  const session = await openSession();
  try { await observe(session); await decide(session); }
  finally { await session.close(); }
});`,
  },
  *check(trace, context) {
    for (const scope of trace.scopes) {
      const exit = scope.exits[0];
      const verdict = context.judged.exit(scope);
      if (exit === undefined) continue;
      if (verdict === 'undecided') yield 'undecided';
      if (verdict === 'stranger') yield reportStranger(scope, exit, context);
      if (!context.strict || !isSure(scope, exit)) continue;
      if (verdict === 'received') yield reportReceiver(scope, exit, context);
      if (verdict === 'lent') yield reportStranger(scope, exit, context);
    }
  },
};

function isSure(scope: Scope, exit: ScopeEvent): boolean {
  return exit.certain && scope.owners.every((owner) => owner.certain);
}

function reportStranger(scope: Scope, exit: ScopeEvent, { describe }: RuleContext): Finding {
  const host = scope.entered.task;
  const owner = receiverOf(scope, exit) ?? host;
  const entered = describe.mention(host);
  const stranger = describe.mention(exit.task);
  const by = stranger === entered ? 'another run of it' : stranger;
  return describe.finding({
    rule: crossTaskExit,
    message:
      `Scope "${scope.name}" was entered by ${entered} and exited by ${by}; ` +
      `${relate(host, owner, exit, describe)}.`,
    advice: advise(scope, owner, exit, describe),
    task: describe.reference(exit.task, exit.certain),
    expectedTask: describe.reference(owner),
    roles: { task: 'exited by', expectedTask: owner === host ? 'entered by' : 'owned by' },
    places: [describe.event('entered here', scope.entered), describe.event('exited here', exit)],
    scope,
    ...decided(exit),
  });
}

/** Whoever started the task that exited it may wait for that one later, and so have lent it the scope. */
function decided({ task, atMs }: ScopeEvent): { readonly decidedMs?: number } {
  const { origin, spawner } = task;
  if (origin === 'callback' || spawner === undefined) return { decidedMs: atMs };
  return spawner.ended === undefined ? {} : { decidedMs: Math.max(atMs, spawner.ended.atMs) };
}

/** Who had received the scope for certain and could have exited it. */
function receiverOf(scope: Scope, exit: ScopeEvent): Task | undefined {
  const able = scope.owners.filter(
    ({ task, certain, received }) => received !== undefined && certain && !hasEnded(task, exit),
  );
  return able.findLast(({ task }) => task.origin !== 'then')?.task;
}

function hasEnded(task: Task, exit: ScopeEvent): boolean {
  return task.ended !== undefined && task.ended.order < exit.order;
}

/** How the owner stood at the exit, in the words of a sentence's second half. */
function relate(host: Task, owner: Task, exit: ScopeEvent, { again }: Describe): string {
  if (owner !== host) return `the scope had passed to ${again(owner)}, which had waited for the host task`;
  if (hasEnded(host, exit)) {
    const waited = host.joins.some((join) => join.order < exit.order);
    return waited
      ? 'the host task had already ended and the exiting task had not waited for it'
      : 'the host task had already ended and nobody had waited for it';
  }
  if (host.vanished !== undefined) return 'the host task was collected while it was suspended';
  if (exit.task.spawner === host) return 'the host task, which had spawned it, was still running';
  return 'the host task was still running';
}

function advise(scope: Scope, owner: Task, exit: ScopeEvent, { again }: Describe): string {
  const name = `"${scope.name}"`;
  if (!hasEnded(owner, exit)) {
    return `Let ${again(owner)} exit ${name} itself: signal it to stop, and wait for it to end.`;
  }
  return (
    `Keep ${name} inside one task: exit it before ${again(owner)} ends, or run both steps in one ` +
    'task that opens the scope, does the work and exits it.'
  );
}

function reportReceiver(scope: Scope, exit: ScopeEvent, { describe }: RuleContext): Finding {
  const host = scope.entered.task;
  return describe.finding({
    rule: crossTaskExit,
    message:
      `Scope "${scope.name}" was entered by ${describe.mention(host)} and exited by ` +
      `${describe.mention(exit.task)}, which had received it by waiting for the host task (strict).`,
    advice: `Enter "${scope.name}" in the task that exits it: await the call that opens it at once.`,
    task: describe.reference(exit.task, exit.certain),
    expectedTask: describe.reference(host),
    roles: { task: 'exited by', expectedTask: 'entered by' },
    places: [describe.event('entered here', scope.entered), describe.event('exited here', exit)],
    scope,
  });
}

