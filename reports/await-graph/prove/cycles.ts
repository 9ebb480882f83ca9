/** Cycles in small graphs. */

/** The shortest cycle through a node, which is then its first; none when there is none. */
export function shortestCycle<Node>(start: Node, next: (node: Node) => Iterable<Node>, shortest = 1): Node[] | undefined {
  const before = new Map<Node, Node | undefined>([[start, undefined]]);
  const queue: Node[] = [start];
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at] as Node;
    for (const target of next(node)) {
      if (target === start) {
        const cycle = wayTo(node, before);
        if (cycle.length >= shortest) return cycle;
      } else if (!before.has(target)) {
        before.set(target, node);
        queue.push(target);
      }
    }
  }
  return undefined;
}

function wayTo<Node>(node: Node, before: ReadonlyMap<Node, Node | undefined>): Node[] {
  const way: Node[] = [];
  for (let at: Node | undefined = node; at !== undefined; at = before.get(at)) way.push(at);
  return way.reverse();
}
