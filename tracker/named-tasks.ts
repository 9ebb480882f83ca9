/** `task(name, fn)`: a function that runs as a task of its own, whoever waits for it. */
import { types } from 'node:util';
import { announce, details, type Subject } from './announce.ts';
import { flushSoon } from './channel.ts';
import { atMs } from './clock.ts';
import { countOnce } from './counts.ts';
import { attach, decide } from './fates.ts';
import {
  AWAITED, BODY, DECIDED, ENDED, era, EXACT, hopsOf, INFERRED, isPaused, KIND, nodeOf, ONE_HOP, PLAIN, PromiseNode, ROOT, SPAWNED,
} from './promise-node.ts';
import { endNamed } from './promise-hooks.ts';
import { push, runner, setNow, takeOff, unfollowed } from './running.ts';
import { innermostOpen, refreshScope } from './scope-state.ts';
import { capturePlace } from './scopes.ts';

const tasks = new WeakMap<object, PromiseNode>();

export function startTask(token: object, name: string): void {
  const now = atMs();
  setNow(now);
  const owner = runner();
  const subject: Subject = { named: true, name };
  refreshScope(owner);
  const doubt = owner === unfollowed || isPaused() ? INFERRED : 0;
  const node = new PromiseNode((ROOT | SPAWNED | doubt | (owner.bits & EXACT)) + (hopsOf(owner) + 1) * ONE_HOP, owner, owner.scope);
  node.subject = subject;
  details(node).place = capturePlace();
  tasks.set(token, node);
  countOnce(node);
  announce(node);
  attach(node, innermostOpen(owner.scope));
  push(node);
  flushSoon(now);
}

/** The task's function has returned `result`: it ends with that promise, or now. */
export function taskReturned(token: object, result: unknown): void {
  const node = tasks.get(token);
  if (node === undefined) return;
  takeOff(node);
  // Its promise was not seen: when that settles is not known.
  if (era !== 0 && types.isPromise(result) && (node.era !== era || nodeOf(result) === undefined)) return;
  const body = typeof result === 'object' && result !== null ? nodeOf(result) : undefined;
  if (body === undefined || (body.bits & ENDED) !== 0 || body.owner !== node) {
    endNamed(node);
    return;
  }
  decide(node, body);
  node.from = body;
  body.bits |= (body.bits & DECIDED) === 0 ? AWAITED | BODY : BODY;
  if ((body.bits & KIND) === PLAIN) body.from = null;
}
