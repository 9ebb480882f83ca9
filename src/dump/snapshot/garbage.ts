/** What V8 does not do by itself while little of JavaScript's own memory is used. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { type: 'minor' }) => void;

let collect: Collect | undefined;

/** To be called before much is made: V8 otherwise lets a heap grow to several times of what is alive in it. */
export function saveMemory(): void {
  setFlagsFromString('--optimize-for-size');
}

/** Frees the buffers that nothing refers to any more. */
export function freeBuffers(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as Collect;
  }
  collect({ type: 'minor' });
}
