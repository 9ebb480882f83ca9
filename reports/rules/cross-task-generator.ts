import type { Finding } from '../finding.ts';
import type { Generator, GeneratorClosing } from '../fold/families/generators.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const crossTaskGenerator: Rule = {
  id: 'cross-task-generator',
  family: 'structure',
  severity: 'violation',
  title: 'an async generator was closed by a task that never advanced it',
  undecidedNoun: 'closed generators',
  help: {
    what:
      'One task advanced an async generator, and another one called its `return` or `throw` while it ' +
      'was suspended at a `yield` inside a `try` with a `finally`, behind a `using`, or with a scope ' +
      'open. A generator may be handed on: to a task that advances it in its turn, to one that waited ' +
      'for an earlier one, or to one that an earlier one starts and waits for. A task may also stop ' +
      'what it has started and waits for. Every other task is a stranger to it.',
    why:
      'A generator has no task of its own: its clean-up runs in whichever task closes it. What the ' +
      'body opened in one task is closed by another, in the middle of the work of the first one, ' +
      'which then sees the generator end as if nothing were left.',
    cause:
      'The iterator is kept in a field or a cache, and a timer, a handler of `close` or the next ' +
      'request closes it.',
    remedy:
      'Let the task that advances the generator close it: `for await` does so on every way out. To ' +
      'stop it from outside, abort a signal that its body listens to, and wait for the task.',
    bad: `const feed = prices();                        // has a finally
void (async () => { for await (const price of feed) await show(price); })();
socket.once('close', () => feed.return());`,
    good: `const stop = new AbortController();
socket.once('close', () => stop.abort());
for await (const price of prices(stop.signal)) await show(price);`,
  },
  *check(trace, context) {
    for (const generator of trace.generators.all) {
      for (const closing of generator.closings) {
        const verdict = context.generators.closing(generator, closing);
        if (verdict === 'undecided') yield 'undecided';
        if (verdict === 'stranger') yield report(generator, closing, context);
      }
    }
  },
};

function report(generator: Generator, closing: GeneratorClosing, { describe, places }: RuleContext): Finding {
  const last = generator.advances.findLast(({ order }) => order < closing.order) ?? closing;
  const user = describe.mention(last.task);
  const stranger = describe.mention(closing.task);
  const by = stranger === user ? 'another run of it' : stranger;
  const ended = last.task.ended !== undefined && last.task.ended.order < closing.order;
  const scope = closing.scopes.at(-1);
  const inside = scope === undefined ? '' : ` inside scope "${scope.name}"`;
  return describe.finding({
    rule: crossTaskGenerator,
    message:
      `An async generator that ${user} advanced was closed by ${by}, suspended at a \`yield\`${inside}: ` +
      `its clean-up runs there; ${describe.again(last.task)} ${ended ? 'had already ended' : 'was still running'}.`,
    advice: ended
      ? `Close the generator in ${describe.again(last.task)}, before that ends: use \`for await\`, or call ` +
        '`return` in a `finally`.'
      : `Let ${describe.again(last.task)} close the generator itself: give its body a signal to stop, and ` +
        'wait for the task to end.',
    task: describe.reference(closing.task, closing.certain),
    expectedTask: describe.reference(last.task, last.certain),
    roles: { task: 'closed by', expectedTask: 'advanced by' },
    places: [
      describe.place('advanced here', last.task, places.of(last.from)),
      describe.place('suspended here', last.task, places.of(closing.at)),
      describe.place('closed here', closing.task, places.of(closing.from)),
    ],
    ...(scope === undefined ? {} : { scope }),
  });
}

