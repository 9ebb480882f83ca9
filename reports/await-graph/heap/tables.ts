/**
 * A heap in typed arrays: what a snapshot's text says, without what a dump never asks for. Nodes and
 * edges are numbers from 0; the edges of a node lie side by side.
 */

/** Kinds of nodes, numbered by us: the order in a snapshot's own list differs between versions of V8. */
export const NodeType = {
  other: 0,
  hidden: 1,
  array: 2,
  string: 3,
  object: 4,
  code: 5,
  closure: 6,
  number: 7,
  native: 8,
  synthetic: 9,
  shape: 10,
  symbol: 11,
} as const;

/** Kinds of edges, numbered by us. At most 8. */
export const EdgeType = {
  context: 0,
  element: 1,
  property: 2,
  internal: 3,
  hidden: 4,
  shortcut: 5,
  weak: 6,
} as const;

/** An edge's label holds its type above and its name (id of a string) or index below. */
export const LABEL_BITS = 29;
export const LABEL_MASK = 2 ** LABEL_BITS - 1;

export interface HeapTables {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** {@link NodeType} of each node. */
  readonly nodeType: Uint8Array;
  /** Id of the string that names each node. */
  readonly nodeName: Uint32Array;
  /** Heap object id of each node. */
  readonly nodeId: Uint32Array;
  /** Where the edges of each node begin; one more at the end. */
  readonly firstEdge: Uint32Array;
  readonly edgeLabel: Uint32Array;
  /** The node that each edge leads to. */
  readonly edgeTo: Uint32Array;
  readonly locations: Locations;
  readonly strings: StringTable;
  /** Sum of the objects' own sizes. */
  readonly bytes: number;
}

/** Where functions begin. Closures of one function begin at one place. */
export interface Locations {
  /** The functions, ascending. */
  readonly nodes: Uint32Array;
  /** The place of each, as a number in `places`. */
  readonly placeOf: Uint32Array;
  /** Three numbers each: script, line from 0, column from 0. */
  readonly places: Int32Array;
}

export interface StringTable {
  readonly count: number;
  /** Empty for strings that were not kept. Long ones are cut. */
  get(id: number): string;
  /** The id of a string that was kept; -1 when there is none. */
  find(text: string): number;
}
