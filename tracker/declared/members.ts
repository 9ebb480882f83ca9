/** Functions inside what a module exports, by their paths. */

export interface Member {
  /** The object that has the function as a property of its own. */
  readonly holder: object;
  readonly key: string;
  /** Puts another function in its place, where the property itself is not written. */
  readonly write?: (value: unknown) => void;
}

/**
 * @param read - how a property is read on the way
 * @param path - such as `Pool.prototype.connect`. Absent: there is no such function
 */
export function findMember(exports: unknown, path: string, read: (object: unknown, key: string) => unknown = readBinding): Member | undefined {
  const keys = path.split('.');
  const last = keys.pop() as string;
  const at = keys.reduce(read, exports);
  return isHolder(at) ? findMethod(at, last) : undefined;
}

/** The same for a method, its own or inherited. Nothing of the program runs. */
export function findMethod(object: object, key: string): Member | undefined {
  const found = find(object, key);
  return typeof found?.descriptor.value === 'function' ? { holder: found.holder, key } : undefined;
}

/** Bindings that a module exports are often getters of its compiler's. */
function readBinding(object: unknown, key: string): unknown {
  return isHolder(object) && find(object, key) !== undefined ? (Reflect.get(object, key) as unknown) : undefined;
}

/** A property, without the getters of the program. `at(-1)`: the last one of a list. */
export function readProperty(object: unknown, key: string): unknown {
  if (key === 'at(-1)') return Array.isArray(object) ? (Object.getOwnPropertyDescriptor(object, object.length - 1)?.value as unknown) : undefined;
  return isHolder(object) ? (find(object, key)?.descriptor.value as unknown) : undefined;
}

const DEPTH = 20;

function find(object: object, key: string): { readonly holder: object; readonly descriptor: PropertyDescriptor } | undefined {
  let holder: object | null = object;
  for (let depth = 0; holder !== null && depth < DEPTH; depth++) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    if (descriptor !== undefined) return { holder, descriptor };
    holder = Object.getPrototypeOf(holder) as object | null;
  }
  return undefined;
}

export function isHolder(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
