/** The part of a heap that matters, in typed arrays with numbers of its own. */
import { EdgeType, LABEL_BITS, LABEL_MASK, NodeType } from '../../../reports/index.ts';
import type { HeapTables } from '../../../reports/index.ts';
import { isNamed } from './edge-list.ts';
import type { EdgeList } from './edge-list.ts';
import { TYPE, isKept, markKept } from './keep.ts';
import type { LocationList } from './location-list.ts';
import type { Names } from './names.ts';
import { isText } from './node-list.ts';
import type { NodeList } from './node-list.ts';
import { Numbering } from './numbering.ts';
import { PrototypeSets } from './prototype-sets.ts';
import type { StringList } from './string-list.ts';

export interface Heap {
  readonly nodes: NodeList;
  readonly edges: EdgeList;
  readonly strings: StringList;
  readonly names: Names;
  readonly locations: LocationList;
}

export function makeTables(heap: Heap): HeapTables {
  markKept(heap.nodes, heap.edges, heap.names);
  return new Making(heap).make();
}

class Making {
  readonly #heap: Heap;
  readonly #marks: Uint8Array;
  readonly #sets: PrototypeSets;
  readonly #nodeNumbers: Numbering;
  readonly #stringNumbers: Numbering;
  /** The node that stands for all data of one set of prototypes. */
  readonly #stands = new Map<number, number>();
  /** As far as the edges of the present node go. */
  readonly #linked = new Set<number>();
  #linkedFrom = -1;

  constructor(heap: Heap) {
    this.#heap = heap;
    this.#marks = heap.nodes.types;
    this.#sets = new PrototypeSets(this.#marks, heap.edges, heap.names);
    this.#nodeNumbers = new Numbering(this.#marks.length);
    for (let node = 0; node < this.#marks.length; node++) if (isKept(this.#marks[node])) this.#nodeNumbers.add(node);
    this.#nodeNumbers.end();
    this.#stringNumbers = new Numbering(heap.strings.count);
  }

  make(): HeapTables {
    const { nodes, strings, names } = this.#heap;
    const firstEdge = this.#placeEdges();
    const nodeCount = firstEdge.length - 1;
    const edgeCount = firstEdge[nodeCount] ?? 0;
    if (names.prototype !== -1) this.#stringNumbers.add(names.prototype);
    nodes.each((node, name) => {
      if (isKept(this.#marks[node])) this.#stringNumbers.add(name);
    });
    this.#stringNumbers.end();
    const nodeType = new Uint8Array(nodeCount).fill(NodeType.object);
    const nodeName = new Uint32Array(nodeCount).fill(this.#stringNumbers.count);
    const nodeId = new Uint32Array(nodeCount);
    nodes.each((node, name, id) => {
      if (!isKept(this.#marks[node])) return;
      const at = this.#nodeNumbers.of(node);
      nodeType[at] = (this.#marks[node] ?? 0) & TYPE;
      nodeName[at] = this.#stringNumbers.of(name);
      nodeId[at] = id;
    });
    const { edgeLabel, edgeTo } = this.#fillEdges(edgeCount);
    return {
      nodeCount, edgeCount, nodeType, nodeName, nodeId, firstEdge, edgeLabel, edgeTo,
      locations: this.#heap.locations.pick(this.#nodeNumbers),
      strings: strings.pick(this.#stringNumbers),
      bytes: nodes.bytes,
    };
  }

  /** Where the edges of each node begin. Names of edges are taken note of. */
  #placeEdges(): Uint32Array<ArrayBuffer> {
    const { count } = this.#nodeNumbers;
    const counts = new Uint32Array(count);
    this.#eachEdge((from, label) => {
      counts[from] = (counts[from] ?? 0) + 1;
      if (isNamed(label >>> LABEL_BITS)) this.#stringNumbers.add(label & LABEL_MASK);
    });
    const first = new Uint32Array(count + this.#stands.size + 1);
    for (let node = 0; node < count; node++) first[node + 1] = (first[node] ?? 0) + (counts[node] ?? 0);
    for (const [set, node] of this.#stands) first[node + 1] = (first[node] ?? 0) + this.#prototypesOf(set).length;
    return first;
  }

  #prototypesOf(set: number): readonly number[] {
    return this.#heap.names.prototype === -1 ? [] : this.#sets.prototypes(set);
  }

  #fillEdges(edgeCount: number): Pick<HeapTables, 'edgeLabel' | 'edgeTo'> {
    const edgeLabel = new Uint32Array(edgeCount);
    const edgeTo = new Uint32Array(edgeCount);
    let at = 0;
    const add = (label: number, to: number): void => {
      const type = label >>> LABEL_BITS;
      edgeLabel[at] = isNamed(type) ? ((type << LABEL_BITS) | this.#stringNumbers.of(label & LABEL_MASK)) >>> 0 : label;
      edgeTo[at++] = to;
    };
    this.#eachEdge((_, label, to) => add(label, to));
    const label = ((EdgeType.property << LABEL_BITS) | this.#heap.names.prototype) >>> 0;
    for (const set of this.#stands.keys()) for (const prototype of this.#prototypesOf(set)) add(label, this.#nodeNumbers.of(prototype));
    return { edgeLabel, edgeTo };
  }

  /** In the new numbers; labels as they are. */
  #eachEdge(visit: (from: number, label: number, to: number) => void): void {
    const marks = this.#marks;
    this.#linkedFrom = -1;
    this.#heap.edges.each((from, numbers, begin, end) => {
      const mark = marks[from];
      if (!isKept(mark)) return;
      const number = this.#nodeNumbers.of(from);
      for (let at = begin; at < end; at += 2) {
        const label = numbers[at] ?? 0;
        const to = numbers[at + 1] ?? 0;
        if (isKept(marks[to])) visit(number, label, this.#nodeNumbers.of(to));
        else {
          const stand = this.#standFor(from, label, to);
          if (stand !== -1) visit(number, label, stand);
        }
      }
    });
  }

  /** One edge of a node says that it leads to data of some prototypes; only variables are told apart by their names. */
  #standFor(from: number, label: number, to: number): number {
    const type = (this.#marks[to] ?? 0) & TYPE;
    const variable = label >>> LABEL_BITS === EdgeType.context;
    if (type === NodeType.code || (!variable && (isText(type) || type === NodeType.number))) return -1;
    const set = this.#sets.of(to);
    if (from !== this.#linkedFrom) {
      this.#linkedFrom = from;
      this.#linked.clear();
    }
    if (!variable && (set === 0 || this.#linked.has(set))) return -1;
    this.#linked.add(set);
    let stand = this.#stands.get(set);
    if (stand === undefined) this.#stands.set(set, (stand = this.#nodeNumbers.count + this.#stands.size));
    return stand;
  }
}
