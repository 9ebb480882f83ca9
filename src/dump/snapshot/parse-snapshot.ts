/**
 * A heap snapshot's text, read as it arrives, into typed arrays. The text is never one string: a heap
 * of 1 GB has more of it than a string can hold. What a dump never asks for is left out on the way:
 * the shapes of objects, what only the compiler uses and, in large heaps, numbers and strings.
 */
import { EdgeType, LABEL_BITS, LABEL_MASK, NodeType } from '../../../reports/index.ts';
import type { HeapTables } from '../../../reports/index.ts';
import { readLayout } from './header.ts';
import type { SnapshotLayout } from './header.ts';
import { NumberList } from './numbers.ts';
import type { NumberSink } from './numbers.ts';
import { Bits, StringStore } from './string-store.ts';

/** From this many nodes on, numbers and texts that objects hold are left out. */
const LARGE = 3_000_000;

/** The lists that are read, in the order of a snapshot. */
const LISTS = ['"nodes":[', '"edges":[', '"locations":[', '"strings":['] as const;
const LONGEST_HEAD = 1 << 20;

export class SnapshotParser {
  characters = 0;
  #list = -1;
  #inside = false;
  /** Text between two lists, as far as a list's begin may lie in it. */
  #between = '';
  #tables: Tables | undefined;
  readonly #numbers = new NumberList();

  /** The next piece of text. */
  write(text: string): void {
    this.characters += text.length;
    let at = 0;
    while (at !== -1 && at < text.length) {
      at = this.#inside ? this.#read(text, at) : this.#skip(text, at);
    }
  }

  /** Looks for the begin of the next list; what lies before the first is the head. */
  #skip(text: string, at: number): number {
    const next = LISTS[this.#list + 1];
    if (next === undefined) return -1;
    const seen = this.#between.length;
    const joined = this.#between + text.slice(at);
    const found = joined.indexOf(next);
    if (found === -1) {
      if (this.#list === -1 && joined.length > LONGEST_HEAD) throw new Error('this is no heap snapshot');
      this.#between = this.#list === -1 ? joined : joined.slice(-next.length);
      return -1;
    }
    if (this.#list === -1) this.#tables = new Tables(readLayout(joined.slice(0, found)));
    this.#list++;
    this.#inside = true;
    this.#between = '';
    return at + found + next.length - seen;
  }

  #read(text: string, at: number): number {
    const tables = this.#tables;
    if (tables === undefined) throw new Error('this is no heap snapshot');
    const sink = tables.sinks[this.#list];
    const end = sink === undefined ? tables.strings.read(text, at) : this.#numbers.read(text, at, sink);
    if (end !== -1) {
      this.#inside = false;
      if (this.#list === LISTS.length - 1) this.#list++;
    }
    return end;
  }

  /** Share of the nodes and edges that have been read, 0 to 1. */
  get share(): number {
    return this.#tables?.share ?? 0;
  }

  finish(): HeapTables {
    if (this.#tables === undefined || this.#list < LISTS.length) throw new Error('the heap snapshot is not complete');
    return this.#tables.finish();
  }
}

class Tables {
  readonly sinks: readonly NumberSink[];
  readonly strings: StringStore;
  readonly #nodes: NodeSink;
  readonly #edges: EdgeSink;
  readonly #locations: LocationSink;

  constructor(layout: SnapshotLayout) {
    const wanted = new Bits();
    this.#nodes = new NodeSink(layout, wanted);
    this.#edges = new EdgeSink(layout, this.#nodes, wanted);
    this.#locations = new LocationSink(layout);
    this.sinks = [this.#nodes, this.#edges, this.#locations];
    this.strings = new StringStore(wanted);
  }

  get share(): number {
    return (this.#nodes.count + this.#edges.seen) / Math.max(1, this.#nodes.layout.nodeCount + this.#nodes.layout.edgeCount);
  }

  finish(): HeapTables {
    const { layout, count, type, name, id, first, bytes } = this.#nodes;
    if (count !== layout.nodeCount || this.#edges.seen !== layout.edgeCount) throw new Error('the heap snapshot is not complete');
    this.#edges.end();
    return {
      nodeCount: count,
      edgeCount: this.#edges.kept,
      nodeType: type,
      nodeName: name,
      nodeId: id,
      firstEdge: first,
      edgeLabel: this.#edges.label,
      edgeTo: this.#edges.to,
      locations: this.#locations.finish(),
      strings: this.strings,
      bytes,
    };
  }
}

class NodeSink implements NumberSink {
  count = 0;
  bytes = 0;
  readonly layout: SnapshotLayout;
  readonly type: Uint8Array;
  readonly name: Uint32Array;
  readonly id: Uint32Array;
  /** How many edges each node has, until the edges are read: then where they begin. */
  readonly first: Uint32Array;
  readonly #wanted: Bits;
  readonly #large: boolean;
  #field = 0;

  constructor(layout: SnapshotLayout, wanted: Bits) {
    this.layout = layout;
    this.type = new Uint8Array(layout.nodeCount);
    this.name = new Uint32Array(layout.nodeCount);
    this.id = new Uint32Array(layout.nodeCount);
    this.first = new Uint32Array(layout.nodeCount + 1);
    this.#wanted = wanted;
    this.#large = layout.nodeCount > LARGE;
  }

  take(value: number): void {
    const { node, nodeFields, nodeTypes } = this.layout;
    const field = this.#field;
    const at = this.count;
    if (field === node.type) this.type[at] = nodeTypes[value] ?? NodeType.other;
    else if (field === node.name) this.name[at] = value;
    else if (field === node.id) this.id[at] = value;
    else if (field === node.size) this.bytes += value;
    else if (field === node.edges) this.first[at] = value;
    if (field + 1 < nodeFields) this.#field = field + 1;
    else {
      this.#field = 0;
      this.count = at + 1;
      if (!this.#large || !isText(this.type[at])) this.#wanted.add(this.name[at] ?? 0);
    }
  }
}

class EdgeSink implements NumberSink {
  seen = 0;
  kept = 0;
  readonly label: Uint32Array;
  readonly to: Uint32Array;
  readonly #nodes: NodeSink;
  readonly #layout: SnapshotLayout;
  readonly #wanted: Bits;
  readonly #large: boolean;
  #field = 0;
  #type = 0;
  #name = 0;
  #target = 0;
  /** The node whose edges are being read, and how many of them are still to come. */
  #from = -1;
  #left = 0;

  constructor(layout: SnapshotLayout, nodes: NodeSink, wanted: Bits) {
    this.#layout = layout;
    this.#nodes = nodes;
    this.#wanted = wanted;
    this.#large = layout.nodeCount > LARGE;
    // Pages that are never written to cost nothing.
    this.label = new Uint32Array(layout.edgeCount);
    this.to = new Uint32Array(layout.edgeCount);
  }

  take(value: number): void {
    const { edge, edgeFields } = this.#layout;
    const field = this.#field;
    if (field === edge.type) this.#type = this.#layout.edgeTypes[value] ?? EdgeType.hidden;
    else if (field === edge.name) this.#name = value;
    else if (field === edge.to) this.#target = value / this.#layout.nodeFields;
    if (field + 1 < edgeFields) this.#field = field + 1;
    else {
      this.#field = 0;
      this.#add();
    }
  }

  #add(): void {
    while (this.#left === 0 && this.#from < this.#nodes.count) this.#nextNode();
    this.#left--;
    this.seen++;
    if (!this.#isWanted()) return;
    const named = this.#type !== EdgeType.element && this.#type !== EdgeType.hidden;
    if (named) this.#wanted.add(this.#name);
    this.label[this.kept] = ((this.#type << LABEL_BITS) | (this.#name & LABEL_MASK)) >>> 0;
    this.to[this.kept++] = this.#target;
  }

  #nextNode(): void {
    const { first } = this.#nodes;
    this.#from++;
    this.#left = first[this.#from] ?? 0;
    first[this.#from] = this.kept;
  }

  #isWanted(): boolean {
    const target = this.#nodes.type[this.#target] ?? 0;
    if (target === NodeType.shape) return false;
    const from = this.#nodes.type[this.#from] ?? 0;
    if (target === NodeType.code) return from === NodeType.closure || from === NodeType.code || from === NodeType.object;
    if (this.#large && from !== NodeType.code && (isText(target) || target === NodeType.number)) return false;
    return from !== NodeType.shape;
  }

  end(): void {
    while (this.#from < this.#nodes.count) this.#nextNode();
    this.#nodes.first[this.#nodes.count] = this.kept;
  }
}

class LocationSink implements NumberSink {
  readonly #layout: SnapshotLayout;
  #values = new Int32Array(1 << 12);
  #count = 0;

  constructor(layout: SnapshotLayout) {
    this.#layout = layout;
  }

  take(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Int32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    const isNode = this.#count % this.#layout.locationFields === 0;
    this.#values[this.#count++] = isNode ? value / this.#layout.nodeFields : value;
  }

  finish(): Int32Array {
    return this.#values.subarray(0, this.#layout.locationFields === 4 ? this.#count : 0);
  }
}

function isText(type: number | undefined): boolean {
  return type === NodeType.string || type === NodeType.symbol;
}
