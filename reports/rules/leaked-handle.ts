import { span } from '../cancellation/words.ts';
import { capital } from '../describe/words.ts';
import { nameHandle } from '../describe/handles.ts';
import type { Finding } from '../finding.ts';
import { forgotten, leftBehind, type LeftBehind } from '../left-behind.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const leakedHandle: Rule = {
  id: 'leaked-handle',
  family: 'leaks',
  severity: 'leak',
  title: 'a server, socket, process, worker or watcher was left open when its scope was exited',
  undecidedNoun: 'handles that outlived a scope',
  help: {
    what:
      'The function that runs in a scope opened a server, a socket, a child process, a worker, a file ' +
      'watcher or a message port. It was still open and kept the program alive when the grace period ' +
      'after the scope\'s exit was over, nobody closed it before the program was made to exit, and most ' +
      'runs of the scope left one. Not reported: what is closed later, by whomever; what is unref\'d; ' +
      'what helpers, pools, installed packages and Node\'s own agents open; what a scope opens that ' +
      'runs once on the main line, because the program may live on it.',
    why:
      'Each run of the scope leaves one more behind: ports, descriptors and processes run out, and the ' +
      'program does not end by itself.',
    cause: 'An early return or an error skips the closing, or there is none.',
    remedy: 'Close it in a `finally` before the scope exits, or keep it where it is closed at the end.',
    bad: `await withScope('build', async () => {
  const worker = new Worker('./compile.js');
  await once(worker, 'message');
});`,
    good: `await withScope('build', async () => {
  const worker = new Worker('./compile.js');
  try {
    await once(worker, 'message');
  } finally {
    await worker.terminate();
  }
});`,
  },
  *check(trace, context) {
    for (const one of forgotten(trace, [...leftBehind(trace, context)])) {
      if (one.handle.type === 'interval' || one.handle.type === 'timer') continue;
      if (one.handle.certain && trace.losses.since === undefined) yield reportHandle(one, context);
      else yield 'undecided';
    }
  },
};

function reportHandle({ handle, scope, pastMs }: LeftBehind, { describe, places }: RuleContext): Finding {
  const name = nameHandle(handle.type);
  return describe.finding({
    rule: leakedHandle,
    message:
      `${capital(name)} was opened in scope "${scope.name}" and never closed: it was still open ` +
      `${span(pastMs)} after the scope had been exited.`,
    advice: `Close it in a \`finally\` before "${scope.name}" exits, or \`unref\` it if it may stay.`,
    task: describe.reference(handle.task),
    roles: { task: 'opened by' },
    places: [
      describe.place(`${name.replace(/^an? /, '')} opened here`, handle.task, places.user(handle.stack)),
      ...describe.exit(scope, {
        here: 'scope exited here',
        block: 'scope entered here, exited at the end of its block',
      }),
    ],
    scope,
  });
}
