/** Reads from the stack who makes a handle: the program's places, and Node's module between. */
import { functionOf, KIND, LOADER, type PromiseNode } from '../promise-node.ts';
import { main } from '../running.ts';
import type { ScopeState } from '../scope-state.ts';
import { type FunctionSite, isBuiltin, isPrograms, type Site, siteOf } from '../sites.ts';
import type { Making } from './handle.ts';

const KEPT_SITES = 4;
/** Where Node calls the hooks from. */
const HOOKS = 'node:internal/async_hooks';

export const UNSEEN: Making = { sites: [], by: '', local: false, certain: false };

/** @param frames - innermost first, Node's own on top */
export function readMaking(frames: readonly NodeJS.CallSite[], owner: PromiseNode, scope: ScopeState | null): Making {
  const sites: Site[] = [];
  let by = '';
  let calledByLibrary = false;
  let ownerSeen = functionOf(owner) === null;
  for (const frame of frames) {
    if (isBuiltin(frame)) continue;
    const site = siteOf(frame);
    ownerSeen ||= site.fn === functionOf(owner)?.fn;
    if (sites.length === 0 && !isPrograms(site) && site.file !== HOOKS) by = site.file;
    if (sites.length === 1 && site.fn.own) calledByLibrary = true;
    if (isPrograms(site)) {
      if (sites.length === KEPT_SITES) break;
      sites.push(site);
    }
  }
  const first = sites[0];
  if (first === undefined) return UNSEEN;
  const local = scope !== null && (calledByLibrary || isBody(first.fn, owner, scope));
  return { sites, by, local, certain: ownerSeen };
}

/** Whether the function is what runs in the scope, or what entered it. */
function isBody(fn: FunctionSite, owner: PromiseNode, { host }: ScopeState): boolean {
  if (owner === main) return host === main && fn.body;
  if (host === null || functionOf(owner)?.fn !== fn || (owner.bits & KIND) === LOADER) return false;
  return owner === host || (owner.owner === host && functionOf(host)?.fn.own === true);
}
