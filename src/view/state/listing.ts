/** A list as it is seen: rows in order, children below their parents. */
/**
 * A row of any list. There may be hundreds of thousands: its key, its cells and what enter leads to are worked out by its list for
 * those that are seen.
 */
export interface Row<Item = unknown> {
  readonly item: Item;
  readonly depth: number;
  /** How many rows hang below it, of those that are wanted; also while they are folded away. */
  readonly children: number;
  /** It is seen only because of what is below it. */
  readonly context: boolean;
}

export interface Listing<Item = unknown> {
  readonly rows: readonly Row<Item>[];
  /** How many there are in all, wanted or not. */
  readonly total: number;
}

export interface TreeRequest<Item> {
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** Whatever of the items it hangs below. Absent: it is a root. */
  readonly parentOf: (item: Item) => Item | undefined;
  /** False: it is seen only when something below it is wanted. Absent: all are wanted. */
  readonly isWanted?: (item: Item) => boolean;
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
  const { items, isWanted, compare, flat, reversed } = request;
  const wanted = isWanted === undefined ? items : items.filter(isWanted);
  const order = (list: Item[]): Item[] => {
    if (compare !== undefined) list.sort(compare);
    return reversed ? list.reverse() : list;
  };
  if (flat) {
    const rows = order([...wanted]).map((item) => ({ item, depth: 0, children: 0, context: false }));
    return { rows, total: items.length };
  }
  const tree = isWanted === undefined ? growWhole(request) : growTo(request, wanted);
  return { rows: flatten(request, tree, order), total: items.length };
}

interface Tree<Item> {
  readonly roots: Item[];
  readonly children: Map<Item, Item[]>;
  /** Absent: there is nothing but what is wanted. */
  readonly wanted?: ReadonlySet<Item>;
}

function flatten<Item>({ keyOf, folded }: TreeRequest<Item>, { roots, children, wanted }: Tree<Item>, order: (list: Item[]) => Item[]): Row<Item>[] {
  const rows: Row<Item>[] = [];
  const add = (item: Item, depth: number): void => {
    const below = children.get(item);
    rows.push({ item, depth, children: below?.length ?? 0, context: wanted?.has(item) === false });
    if (below === undefined || (folded.size > 0 && folded.has(keyOf(item)))) return;
    // Chains of tasks may be long, and the stack is not: what is deeper is shown at the same depth, after those.
    if (depth >= DEEPEST) deep.push(...below);
    else for (const child of order(below)) add(child, depth + 1);
  };
  let deep: Item[] = [];
  for (const root of order(roots)) {
    add(root, 0);
    while (deep.length > 0) {
      const rest = deep;
      deep = [];
      for (const item of rest) add(item, DEEPEST);
    }
  }
  return rows;
}

function growWhole<Item>({ items, parentOf }: TreeRequest<Item>): Tree<Item> {
  const roots: Item[] = [];
  const children = new Map<Item, Item[]>();
  for (const item of items) hang(item, parentOf(item), roots, children);
  return { roots, children };
}

/** Every wanted item, and all above it. */
function growTo<Item>({ parentOf }: TreeRequest<Item>, wanted: readonly Item[]): Tree<Item> {
  const placed = new Set<Item>();
  const roots: Item[] = [];
  const children = new Map<Item, Item[]>();
  for (const item of wanted) {
    let at: Item | undefined = item;
    while (at !== undefined && !placed.has(at)) {
      placed.add(at);
      const parent = parentOf(at);
      hang(at, parent, roots, children);
      at = parent;
    }
  }
  return { roots, children, wanted: new Set(wanted) };
}

function hang<Item>(item: Item, parent: Item | undefined, roots: Item[], children: Map<Item, Item[]>): void {
  if (parent === undefined || parent === item) {
    roots.push(item);
    return;
  }
  const siblings = children.get(parent);
  if (siblings === undefined) children.set(parent, [item]);
  else siblings.push(item);
}
