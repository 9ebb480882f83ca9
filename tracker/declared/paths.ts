/** Paths of ways in, such as `Pool.prototype.connect`, `create().open` and `new Pool`. */

export interface WayIn {
  /** Each but the last one is the path of a function, and the next begins at what it gives. */
  readonly parts: readonly string[];
  /** Whether what it names is called with `new`. */
  readonly made: boolean;
}

const MAKING = 'new ';

export function parseWayIn(path: string): WayIn {
  const made = path.startsWith(MAKING);
  return { parts: (made ? path.slice(MAKING.length) : path).split('().'), made };
}

/** What the module must export itself for the way in to be found: a function or a class, no member of one. */
export function exportedBy({ parts }: WayIn): readonly string[] {
  const [first = ''] = parts;
  return first.includes('.') ? [] : [first];
}
