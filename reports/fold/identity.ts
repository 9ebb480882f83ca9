/** Which task each call belongs to: the specification of identity, applied to recorded fates. */
import type { CallId } from '../../tracker/protocol.ts';
import type { CallFacts, Facts } from './facts.ts';

export interface Membership {
  /** The call that started the task. */
  readonly root: CallId;
  /** False when any link between the call and its task's root was inferred. */
  readonly certain: boolean;
}

type Link = { readonly to: CallId; readonly certain: boolean } | undefined;

/**
 * The call whose task a call runs in, or `undefined` when it starts a task of its own. A fate
 * nobody recorded leaves the call with its caller, as an inference.
 */
function linkOf(call: CallFacts): Link {
  const { started, fate } = call;
  if (started === undefined || isAlwaysRoot(call) || fate?.kind === 'call-spawned') return undefined;
  if (fate !== undefined) {
    return { to: fate.by, certain: fate.inferred !== true && started.inferred !== true };
  }
  return started.caller === undefined ? undefined : { to: started.caller, certain: false };
}

export function isAlwaysRoot(call: CallFacts): boolean {
  const origin = call.started?.origin;
  return origin === 'main' || origin === 'callback' || origin === 'named';
}

/** How sure it is that a root is one. */
function isCertainRoot(call: CallFacts): boolean {
  if (call.started === undefined || call.started.inferred === true) return false;
  if (isAlwaysRoot(call)) return true;
  return call.fate?.kind === 'call-spawned' && call.fate.inferred !== true;
}

/** Every call's task, each link followed once. A cycle, which no sound recording has, is cut open. */
export function resolveIdentity(facts: Facts): Map<CallId, Membership> {
  const resolved = new Map<CallId, Membership>();
  const named = [...facts.calls.keys()];
  for (const id of named) if (!resolved.has(id)) resolveFrom(id, facts, resolved);
  return resolved;
}

function resolveFrom(start: CallId, facts: Facts, resolved: Map<CallId, Membership>): void {
  const path: { id: CallId; certain: boolean }[] = [];
  const onPath = new Set<CallId>();
  let id = start;
  let base = resolved.get(id);
  while (base === undefined) {
    const call = facts.calls.get(id);
    const link = call === undefined ? undefined : linkOf(call);
    if (call === undefined || link === undefined || onPath.has(id)) {
      base = { root: id, certain: call !== undefined && link === undefined && isCertainRoot(call) };
      resolved.set(id, base);
      break;
    }
    onPath.add(id);
    path.push({ id, certain: link.certain });
    id = link.to;
    base = resolved.get(id);
  }
  for (const step of path.reverse()) {
    if (resolved.has(step.id)) continue;
    base = { root: base.root, certain: base.certain && step.certain };
    resolved.set(step.id, base);
  }
}
