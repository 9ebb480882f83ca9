/** The timer belongs to the call, and ends with it. */
import type { RuleCure } from './cure.ts';
import { signalPerCall } from './shapes/signal-per-call.ts';
import { timerAsDeadline } from './shapes/timer-as-deadline.ts';

export const residualCancellation: RuleCure = {
  general: {
    remedies: ['deadline'],
    before: `async function call(prompt, ms) {
  setTimeout(() => controller.abort(), ms);
  return await ask(prompt, { signal: controller.signal });
}`,
    after: `async function call(prompt, ms) {
  return await deadline(ms, ({ signal }) => ask(prompt, { signal }), { signal: controller.signal });
}`,
  },
  rewrite: ({ spot }) => {
    const scheduled = spot('scheduled here');
    if (scheduled !== undefined) return timerAsDeadline(scheduled);
    const [made, used] = [spot('aborted here'), spot('used here') ?? spot('hit the call here')];
    return made === undefined || used === undefined ? undefined : signalPerCall(made, used);
  },
};
