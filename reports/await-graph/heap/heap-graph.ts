/** The heap as a graph: nodes and edges by number, with the names that V8 gives them. */
import { EdgeType, LABEL_BITS, LABEL_MASK } from './tables.ts';
import type { HeapTables } from './tables.ts';

/** Where a function begins, as V8 counts. */
export interface FunctionPosition {
  readonly scriptId: number;
  /** From 0. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

/** Edges backwards: the nodes that refer to node `n` are `from[first[n]]` to `from[first[n + 1]]`. */
export interface Referrers {
  readonly first: Uint32Array;
  readonly from: Uint32Array;
}

export class HeapGraph {
  readonly tables: HeapTables;
  readonly nodeCount: number;
  /** The edges of node `n` are `first[n]` to `first[n + 1]`. */
  readonly first: Uint32Array;
  readonly to: Uint32Array;
  readonly #label: Uint32Array;
  #referrers: Referrers | undefined;
  readonly #names = new Map<string, number>();

  constructor(tables: HeapTables) {
    this.tables = tables;
    this.nodeCount = tables.nodeCount;
    this.first = tables.firstEdge;
    this.to = tables.edgeTo;
    this.#label = tables.edgeLabel;
  }

  nameOf(node: number): string {
    return this.tables.strings.get(this.tables.nodeName[node] ?? 0);
  }

  /** {@link NodeType} */
  typeOf(node: number): number {
    return this.tables.nodeType[node] ?? 0;
  }

  idOf(node: number): number {
    return this.tables.nodeId[node] ?? 0;
  }

  begin(node: number): number {
    return this.first[node] ?? 0;
  }

  end(node: number): number {
    return this.first[node + 1] ?? 0;
  }

  target(edge: number): number {
    return this.to[edge] ?? 0;
  }

  /** {@link EdgeType} */
  edgeType(edge: number): number {
    return (this.#label[edge] ?? 0) >>> LABEL_BITS;
  }

  /** Empty for elements. */
  edgeName(edge: number): string {
    const type = this.edgeType(edge);
    if (type === EdgeType.element || type === EdgeType.hidden) return '';
    return this.tables.strings.get(this.#index(edge));
  }

  /** The index of an element. */
  edgeIndex(edge: number): number {
    return this.#index(edge);
  }

  #index(edge: number): number {
    return (this.#label[edge] ?? 0) & LABEL_MASK;
  }

  /** Whether an edge has a name of which {@link find} gave the number. */
  isEdge(edge: number, name: number): boolean {
    const type = this.edgeType(edge);
    return type !== EdgeType.element && type !== EdgeType.hidden && this.#index(edge) === name;
  }

  /** Number of a name; -1 when the heap does not have it. */
  find(name: string): number {
    let found = this.#names.get(name);
    if (found === undefined) this.#names.set(name, (found = this.tables.strings.find(name)));
    return found;
  }

  /** Where the first edge of that name leads, V8's own before a program's property or variable; -1 when there is none. */
  follow(node: number, name: string): number {
    const wanted = this.find(name);
    let found = -1;
    if (wanted === -1) return found;
    for (let edge = this.begin(node); edge < this.end(node); edge++) {
      if (!this.isEdge(edge, wanted)) continue;
      if (this.edgeType(edge) === EdgeType.internal) return this.target(edge);
      if (found === -1) found = this.target(edge);
    }
    return found;
  }

  /** Built when first asked for. Weak edges are left out. */
  get referrers(): Referrers {
    return (this.#referrers ??= this.#reverse());
  }

  #reverse(): Referrers {
    const { nodeCount, to } = this;
    const first = new Uint32Array(nodeCount + 2);
    const edgeCount = this.begin(nodeCount);
    for (let edge = 0; edge < edgeCount; edge++) {
      if (this.edgeType(edge) !== EdgeType.weak) first[(to[edge] ?? 0) + 2] = (first[(to[edge] ?? 0) + 2] ?? 0) + 1;
    }
    for (let node = 2; node < first.length; node++) first[node] = (first[node] ?? 0) + (first[node - 1] ?? 0);
    const from = new Uint32Array(first[nodeCount + 1] ?? 0);
    for (let node = 0; node < nodeCount; node++) {
      for (let edge = this.begin(node); edge < this.end(node); edge++) {
        if (this.edgeType(edge) === EdgeType.weak) continue;
        const at = (to[edge] ?? 0) + 1;
        const place = first[at] ?? 0;
        from[place] = node;
        first[at] = place + 1;
      }
    }
    return { first, from };
  }

  /** The edge by which one node refers to another; -1 when it does not. */
  edgeBetween(from: number, to: number): number {
    for (let edge = this.begin(from); edge < this.end(from); edge++) {
      if (this.to[edge] === to && this.edgeType(edge) !== EdgeType.weak) return edge;
    }
    return -1;
  }

  /** Where a function, or the function of a generator, begins. */
  positionOf(node: number): FunctionPosition | undefined {
    const { nodes, placeOf, places } = this.tables.locations;
    const at = search(nodes, node);
    if (at === -1) return undefined;
    const place = 3 * (placeOf[at] ?? 0);
    return { scriptId: places[place] ?? 0, line: places[place + 1] ?? 0, column: places[place + 2] ?? 0 };
  }
}

/** The index of a number in an ascending list; -1: it is not there. */
function search(list: Uint32Array, wanted: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return list[low] === wanted ? low : -1;
}
