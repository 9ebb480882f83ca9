/** Values of the program, looked at without running any of its code. */

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** A property of its own. Absent also where a getter would have to be asked. */
export function ownValue(value: unknown, key: string): unknown {
  return isObject(value) ? (Object.getOwnPropertyDescriptor(value, key)?.value as unknown) : undefined;
}
