/** A list as it is seen: rows in order, children below their parents. */
import type { Target } from './ui.ts';

/** A row of any list; what is in its cells is worked out only for those that are seen. */
export interface Row<Item = unknown> {
  /** The same for the same thing, for as long as it is there. */
  readonly key: string;
  readonly item: Item;
  readonly depth: number;
  /** How many rows hang below it, of those that are wanted; also while they are folded away. */
  readonly children: number;
  /** It is seen only because of what is below it. */
  readonly context: boolean;
  readonly target?: Target;
}

export interface Listing<Item = unknown> {
  readonly rows: readonly Row<Item>[];
  /** How many there are in all, wanted or not. */
  readonly total: number;
}

export interface TreeRequest<Item> {
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly targetOf: (item: Item) => Target | undefined;
  /** Whatever it hangs below. Absent, or none of the items: it is a root. */
  readonly parentOf: (item: Item) => Item | undefined;
  /** False: it is seen only when something below it is wanted. */
  readonly isWanted: (item: Item) => boolean;
  readonly folded: ReadonlySet<string>;
  /** Absent: the order of `items`. */
  readonly compare?: (one: Item, other: Item) => number;
  /** Without parents and children. */
  readonly flat: boolean;
  readonly reversed: boolean;
}

const DEEPEST = 200;

/** Parents above children; what is folded away is left out. */
export function listTree<Item>(request: TreeRequest<Item>): Listing<Item> {
  const { items, keyOf, targetOf, isWanted, compare, flat, reversed } = request;
  const wanted = items.filter(isWanted);
  const total = items.length;
  const order = (list: Item[]): Item[] => {
    if (compare !== undefined) list.sort(compare);
    return reversed ? list.reverse() : list;
  };
  if (flat) {
    const rows = order(wanted).map((item) => withTarget({ key: keyOf(item), item, depth: 0, children: 0, context: false }, targetOf(item)));
    return { rows, total };
  }
  const tree = growTree(request, wanted);
  const rows: Row<Item>[] = [];
  const stack: { item: Item; depth: number }[] = order(tree.roots).reverse().map((item) => ({ item, depth: 0 }));
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { item, depth } = top;
    const key = keyOf(item);
    const children = tree.children.get(item) ?? [];
    rows.push(withTarget({ key, item, depth, children: children.length, context: tree.context.has(item) }, targetOf(item)));
    if (children.length === 0 || request.folded.has(key)) continue;
    order(children);
    for (let at = children.length - 1; at >= 0; at--) stack.push({ item: children[at] as Item, depth: Math.min(depth + 1, DEEPEST) });
  }
  return { rows, total };
}

function withTarget<Item>(row: Row<Item>, target: Target | undefined): Row<Item> {
  return target === undefined ? row : { ...row, target };
}

interface Tree<Item> {
  readonly roots: Item[];
  readonly children: Map<Item, Item[]>;
  readonly context: Set<Item>;
}

/** Every wanted item, and all above it. */
function growTree<Item>({ items, parentOf }: TreeRequest<Item>, wanted: readonly Item[]): Tree<Item> {
  const present = new Set(items);
  const placed = new Set<Item>();
  const context = new Set<Item>(wanted.length === items.length ? [] : present);
  for (const item of wanted) context.delete(item);
  const roots: Item[] = [];
  const children = new Map<Item, Item[]>();
  for (const item of wanted) {
    let at: Item | undefined = item;
    while (at !== undefined && !placed.has(at)) {
      placed.add(at);
      const parent: Item | undefined = parentOf(at);
      // What hangs below itself, which no sound recording has, hangs nowhere.
      if (parent === undefined || parent === at || !present.has(parent)) {
        roots.push(at);
        break;
      }
      const siblings = children.get(parent);
      if (siblings === undefined) children.set(parent, [at]);
      else siblings.push(at);
      at = parent;
    }
  }
  return { roots, children, context };
}
