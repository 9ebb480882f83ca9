import { nameHandle } from '../describe/handles.ts';
import { count } from '../describe/words.ts';
import type { Finding, FindingPlace } from '../finding.ts';
import type { TopLevelAwait, Wait } from '../fold/families/hangs.ts';
import { isUserCode, type Places } from '../sources.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const unsettledTopLevelAwait: Rule = {
  id: 'unsettled-top-level-await',
  family: 'hangs',
  severity: 'violation',
  title: 'the top level waited for something that nothing could settle',
  undecidedNoun: 'awaits at top level',
  help: {
    what:
      'An `await` at the top level of a module was still pending when nothing was left to do, so Node ended the ' +
      'program with code 13. Node names the line; the finding names what was awaited, down to the promise that ' +
      'nobody settles, who made it and where.',
    why: 'Everything behind that `await` never ran, in that module and in all that import it.',
    cause:
      'A promise whose `resolve` was lost or is only called by what runs later, an event that does not come, a ' +
      'timer or a socket that was `unref`d and so does not keep the program alive.',
    remedy:
      'Settle the promise on every path. Do not `unref` what the top level waits for. Two modules that import ' +
      'each other and wait for each other need a third one that both import.',
    bad: `const ready = new Promise((resolve) => emitter.once('ready', resolve));
emitter.emit('started');            // nobody emits 'ready'
await ready;`,
    good: `const ready = once(emitter, 'ready', { signal: AbortSignal.timeout(5000) });
emitter.emit('ready');
await ready;`,
  },
  *check({ hangs: { topLevelAwait } }, context) {
    if (topLevelAwait === undefined) return;
    // Who waits for whom in the end says more than who waits for them.
    if ([topLevelAwait, ...topLevelAwait.waits].some(({ task }) => context.waits.deadlocked.has(task))) return;
    if (topLevelAwait.certain) yield report(topLevelAwait, context);
    else yield 'undecided';
  },
};

function report(found: TopLevelAwait, { describe, places }: RuleContext): Finding {
  const shown = found.waits.filter((wait) => isShown(wait, places));
  const last = shown.at(-1);
  return describe.finding({
    rule: unsettledTopLevelAwait,
    message: `The top level waited for ${tellWaits(shown, places)}, so Node ended the program with code 13.`,
    advice: adviceFor(last),
    task: describe.reference(found.task),
    roles: { task: 'waited' },
    places: [
      describe.place('awaited here', found.task, places.of(found.at)),
      ...shown.flatMap((wait, index): FindingPlace[] => {
        const place = places.of(wait.at);
        // Of two at one place, the later says more.
        if (place === undefined || wait.at === shown[index + 1]?.at) return [];
        return [describe.place(labelOf(wait), wait.task, place)];
      }),
    ],
  });
}

/** Steps inside packages say nothing that the user could mend; the last one always says what is waited for. */
function isShown(wait: Wait, places: Places): boolean {
  if (wait.what === 'promise' || wait.handle !== undefined) return true;
  const place = places.of(wait.at ?? wait.fn);
  return place === undefined || isUserCode(place);
}

const MANY = 4;

function tellWaits(waits: readonly Wait[], places: Places): string {
  const names = waits.map((wait) => nameWait(wait, places));
  const last = waits.at(-1);
  if (last === undefined || (last.what !== 'promise' && last.handle === undefined)) {
    names.push(last === undefined ? 'something that nothing could settle' : 'something else that nothing could settle');
  }
  const steps = names.length <= MANY ? names : [...names.slice(0, 2), `${names.length - 3} more steps`, ...names.slice(-1)];
  return steps.join(', which waited for ');
}

function nameWait(wait: Wait, places: Places): string {
  if (wait.handle !== undefined) return `${nameHandle(wait.handle)} that does not keep the program alive`;
  const pending = `with ${count(wait.pending ?? 0, 'member')} pending`;
  switch (wait.what) {
    case 'call':
      return places.of(wait.fn)?.function ?? 'an async function';
    case 'generator':
      return `the async generator ${places.of(wait.fn)?.function ?? 'without a name'}`;
    case 'then':
      return 'a `then`, `catch` or `finally`';
    case 'collection':
      return `a \`Promise.all\` or \`allSettled\` ${pending}`;
    case 'race':
      return `a \`Promise.race\` or \`any\` ${pending}`;
    default:
      return 'a promise that nothing could settle';
  }
}

function labelOf({ what, handle }: Wait): string {
  if (handle !== undefined) return `${nameHandle(handle).replace(/^an? /, '')} made here`;
  if (what === 'promise') return 'promise made here';
  return 'suspended here';
}

function adviceFor(last: Wait | undefined): string {
  if (last?.handle !== undefined) return `Keep the program alive while it waits: do not \`unref\` ${nameHandle(last.handle).replace(/^an? /, 'the ')}.`;
  return last?.what === 'promise'
    ? 'Settle that promise on every path, or give the wait a signal or a deadline that rejects it.'
    : 'Find out what should have settled it, and give the wait a signal or a deadline that rejects it.';
}
