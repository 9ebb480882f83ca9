/** A list that stays readable: what findings speak of first, then the rest up to a limit. */

/** More than this many scopes or tasks of a session are counted and not listed. */
export const LIST_LIMIT = 5000;

export interface Selection<Item> {
  readonly listed: readonly Item[];
  readonly omitted: number;
}

/** Keeps the order. `isNamed` marks the items that findings speak of. */
export function select<Item>(
  items: readonly Item[],
  isNamed: (item: Item) => boolean,
  limit = LIST_LIMIT,
): Selection<Item> {
  if (items.length <= limit) return { listed: items, omitted: 0 };
  let room = limit;
  for (const item of items) if (isNamed(item)) room--;
  const listed = items.filter((item) => isNamed(item) || room-- > 0);
  return { listed, omitted: items.length - listed.length };
}
