/** One listener on each signal, however many groups and iterators obey it: Node warns of more than ten. */
interface Obeying {
  readonly tell: Set<() => void>;
  readonly listener: () => void;
}

const obeying = new WeakMap<AbortSignal, Obeying>();

/** Calls `fn` when the signal is aborted. Returns what takes that back. */
export function onAbort(signal: AbortSignal, fn: () => void): () => void {
  const entry = obeying.get(signal) ?? listen(signal);
  const own = (): void => { fn(); };
  entry.tell.add(own);
  return () => {
    if (!entry.tell.delete(own) || entry.tell.size > 0) return;
    signal.removeEventListener('abort', entry.listener);
    if (obeying.get(signal) === entry) obeying.delete(signal);
  };
}

function listen(signal: AbortSignal): Obeying {
  const tell = new Set<() => void>();
  const listener = (): void => {
    obeying.delete(signal);
    for (const fn of [...tell]) fn();
  };
  const entry = { tell, listener };
  obeying.set(signal, entry);
  signal.addEventListener('abort', listener, { once: true });
  return entry;
}
