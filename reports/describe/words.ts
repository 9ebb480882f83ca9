/** Small tools for sentences. */

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `1 task`, `2 tasks`, `1,204 tasks`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${group(amount)} ${amount === 1 ? one : many}`;
}

/** Thousands are separated, in the same way everywhere. */
export function group(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
