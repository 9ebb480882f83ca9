/** Parts of Node that it does not export, by `process.binding`. */

/** Node warns once of that name's use, and the program has not used it. */
const warns = (): boolean => {
  const options = `${process.env.NODE_OPTIONS ?? ''} ${process.execArgv.join(' ')}`;
  return options.includes('--pending-deprecation') || process.env.NODE_PENDING_DEPRECATION === '1';
};

/** Absent: Node does not give it, or not without the program's seeing that it was asked. */
export function nodeBinding(name: string): object | undefined {
  if (warns() || (process as { permission?: unknown }).permission !== undefined) return undefined;
  const silent = Object.getOwnPropertyDescriptor(process, 'noDeprecation');
  try {
    Object.defineProperty(process, 'noDeprecation', { value: true, configurable: true });
    return (process as unknown as { binding(name: string): object }).binding(name);
  } catch {
    return undefined;
  } finally {
    if (silent === undefined) delete (process as { noDeprecation?: boolean }).noDeprecation;
    else Object.defineProperty(process, 'noDeprecation', silent);
  }
}
