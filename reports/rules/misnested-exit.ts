import { capital } from '../describe/words.ts';
import type { Finding } from '../finding.ts';
import type { Scope } from '../model.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const misnestedExit: Rule = {
  id: 'misnested-exit',
  family: 'structure',
  severity: 'violation',
  title: 'a scope was exited while a scope inside it was still open',
  undecidedNoun: 'exits',
  help: {
    what:
      'A task entered one scope and then another inside it, and exited the outer one first. Scopes ' +
      'nest: the last one entered is the first one to exit. An inner scope that nobody ever exits, ' +
      'or that another task exits, is reported as that instead. Not reported: a scope that leaves the ' +
      'block of a `withScope` open and is exited by its owner later, like a pool made by the first request.',
    why:
      'The inner scope goes on without what it stands on: cancelling the outer one no longer reaches ' +
      'it, and its clean-up finds things closed that it still needs.',
    cause:
      'Scopes are exited by hand in the order they were entered, or a clean-up list is run from its ' +
      'beginning instead of from its end.',
    remedy:
      'Exit in the reverse order of entering. `withScope`, `using` and `AsyncDisposableStack` do so ' +
      'by themselves.',
    bad: `const outer = enterScope('connection');
const inner = enterScope('transaction');
outer.exit();
inner.exit();`,
    good: `using outer = enterScope('connection');
using inner = enterScope('transaction');`,
  },
  *check(trace, context) {
    for (const scope of trace.scopes) {
      const inner = scope.openInside;
      if (inner === undefined || !isForThisRule(scope, inner, context)) continue;
      if (isSure(scope, inner)) yield reportMisnested(scope, inner, context);
      else yield 'undecided';
    }
  },
};

/** An inner scope whose own end is wrong is reported for that, and its outer scope is not. */
function isForThisRule(outer: Scope, inner: Scope, { judged }: RuleContext): boolean {
  const outerExit = judged.exit(outer);
  if (outerExit !== 'host' && outerExit !== 'received') return false;
  const innerExit = judged.exit(inner);
  if (innerExit === 'none') return judged.fate(inner) === 'cut';
  if (innerExit === 'stranger' || innerExit === 'generator' || innerExit === 'undecided' || innerExit === 'lent') return false;
  // What a block opened and handed on, as a pool that outlives its first request, ends where it is exited.
  return !endedWithItsBlock(outer);
}

/** Exited by the end of a `withScope`, and not by a call. */
function endedWithItsBlock(scope: Scope): boolean {
  return scope.exits[0]?.stack.length === 0;
}

function isSure(outer: Scope, inner: Scope): boolean {
  return outer.entered.certain && inner.entered.certain && outer.exits[0]?.certain === true;
}

function reportMisnested(outer: Scope, inner: Scope, { describe }: RuleContext): Finding {
  const exit = outer.exits[0] ?? outer.entered;
  return describe.finding({
    rule: misnestedExit,
    message:
      `${capital(describe.mention(exit.task))} exited scope "${outer.name}" while scope ` +
      `"${inner.name}", which was entered inside it, was still open.`,
    advice: `Exit "${inner.name}" before "${outer.name}": the last scope entered is the first to exit.`,
    task: describe.reference(exit.task, exit.certain),
    roles: { task: 'exited by' },
    places: [
      describe.event('inner scope entered here', inner.entered),
      ...describe.exit(outer, {
        here: 'outer scope exited here',
        block: 'outer scope entered here, exited at the end of its block',
      }),
      ...describe.exit(inner, {
        here: 'inner scope exited only here',
        block: 'inner scope entered here, exited only at the end of its block',
      }),
    ],
    scope: outer,
    ...(inner.exits[0] === undefined ? {} : { decidedMs: inner.exits[0].atMs }),
  });
}
