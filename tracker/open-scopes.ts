/** How many scopes there are and were. */
import { countLost, countScope } from './counts.ts';

let lastId = 0;
let open = 0;
let mostOpen = 100_000;

/** `most`: open scopes beyond which further ones are only counted. */
export function setScopeBound(most: number): void {
  mostOpen = most;
}

export function nextScopeId(): number {
  return ++lastId;
}

/** Counts one more that is open. False: that is one too many, and it is lost. */
export function admitScope(): boolean {
  if (open >= mostOpen) {
    countLost();
    return false;
  }
  open++;
  countScope();
  return true;
}

/** One of them was exited. */
export function dismissScope(): void {
  open--;
}
