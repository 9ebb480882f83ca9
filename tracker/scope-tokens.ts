/**
 * Which scope an object stands for: stamped on the object, which costs a collector nothing. A proxy and
 * what cannot be extended take no stamp, and are kept apart.
 */
import { types } from 'node:util';
import { Identity } from './promise-node.ts';
import type { ScopeState } from './scope-state.ts';

class TokenStamp extends Identity {
  #state: ScopeState;
  constructor(token: object, state: ScopeState) {
    super(token);
    this.#state = state;
  }
  static read(token: object): ScopeState | undefined {
    return #state in token ? token.#state : undefined;
  }
  /** False: it has no stamp. */
  static replace(token: object, state: ScopeState): boolean {
    if (!(#state in token)) return false;
    token.#state = state;
    return true;
  }
}

const others = new WeakMap<object, ScopeState>();
let hasOthers = false;

/** The latest scope that was entered with the object. */
export function scopeOf(token: object): ScopeState | undefined {
  return TokenStamp.read(token) ?? (hasOthers ? others.get(token) : undefined);
}

export function setScope(token: object, state: ScopeState): void {
  if (TokenStamp.replace(token, state)) return;
  if (types.isProxy(token) || !Object.isExtensible(token)) {
    hasOthers = true;
    others.set(token, state);
  } else {
    new TokenStamp(token, state);
  }
}
