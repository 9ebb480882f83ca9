/** Exits of what nobody is known to have entered: it may be just arriving. */
const strays = new WeakMap<object, number>();
let count = 0;

export function countStrays(): number {
  return count;
}

export function noteStray(token: object): void {
  strays.set(token, ++count);
}

/** Whether there was one after the `before` first. */
export function hasStrayed(token: object, before: number): boolean {
  return (strays.get(token) ?? 0) > before;
}
