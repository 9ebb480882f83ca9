/** Who was told that its signal was aborted, and tried the same again and again under that very signal. */
import { waitingFor, type Call } from '../fold/calls.ts';
import type { Signal, SignalAbort, SignalUse } from '../fold/families/signals.ts';
import type { ProgramTrace } from '../model.ts';
import { findResiduals } from '../residual.ts';
import type { RuleSettings } from '../rule.ts';
import { isUserCode, type Places } from '../sources.ts';

/** Once can be a clean-up, twice a last attempt. */
const FEWEST_ATTEMPTS = 3;

export interface Swallowed {
  readonly signal: Signal;
  readonly abort: SignalAbort;
  /** What was tried under the aborted signal, at the same place. Three of them at least. */
  readonly attempts: readonly SignalUse[];
  /** The innermost call that all of them were made for: it holds the loop. */
  readonly loop: Call;
  /** False: an identity was inferred. */
  readonly certain: boolean;
}

export function* findSwallowed(trace: ProgramTrace, places: Places, { abortGraceMs }: RuleSettings): Generator<Swallowed> {
  // A signal that hit the wrong operation has been reported: whoever goes on with it does nothing wrong.
  const residual = new Set([...findResiduals(trace)].map((one) => (one === 'undecided' ? one : one.signal)));
  for (const signal of trace.signals) {
    const { aborted: abort } = signal;
    if (abort === undefined || residual.has(signal)) continue;
    for (const attempts of groupAttempts(signal, places)) {
      const last = attempts.at(-1);
      if (last === undefined || attempts.length < FEWEST_ATTEMPTS || last.atMs - abort.atMs < abortGraceMs) continue;
      const told = toldBefore(signal, abort, last.call);
      const loop = told === undefined ? undefined : commonCall([told, ...attempts.map(({ call }) => call)]);
      if (loop === undefined) continue;
      yield { signal, abort, attempts, loop, certain: [told, ...attempts.map(({ call }) => call)].every((call) => call?.certain) };
    }
  }
}

/** What one task tried at one place after the abort. */
function groupAttempts(signal: Signal, places: Places): Iterable<readonly SignalUse[]> {
  const groups = new Map<string, SignalUse[]>();
  for (const use of signal.uses) {
    if (!use.aborted || !isAttempt(use, places)) continue;
    const key = `${use.call.task.id} ${use.stack.join(' ')}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [use]);
    else group.push(use);
  }
  return groups.values();
}

/** Something that fails at once under an aborted signal. That the program asks by itself whether it is aborted is none. */
function isAttempt({ how, api, stack }: SignalUse, places: Places): boolean {
  const user = places.user(stack);
  if (user === undefined || !isUserCode(user)) return false;
  if (how === 'throw-if-aborted' || api !== undefined) return true;
  return places.of(stack[0])?.library === true;
}

/** A call of the same task that worked under the signal when that was aborted, or had done so before. */
function toldBefore(signal: Signal, abort: SignalAbort, { task }: Call): Call | undefined {
  return abort.users.find((call) => call.task === task) ?? signal.uses.find((use) => !use.aborted && use.call.task === task)?.call;
}

function commonCall(calls: readonly Call[]): Call | undefined {
  const [first, ...others] = calls.map((call) => [...waitingFor(call)]);
  return first?.find((call) => others.every((line) => line.includes(call)));
}
