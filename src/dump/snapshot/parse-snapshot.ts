/**
 * A heap snapshot's text, read as it arrives, into typed arrays. The text is never one string, since a heap of
 * 1 GB has more of it than a string can hold. Names come last in it: what is worth keeping is only known at the end, and
 * all that came before has been put aside in {@link Spools}.
 */
import type { HeapTables } from '../../../reports/index.ts';
import { Bits } from './bits.ts';
import { EdgeList } from './edge-list.ts';
import { readLayout } from './header.ts';
import type { SnapshotLayout } from './header.ts';
import { makeTables } from './heap-tables.ts';
import { LocationList } from './location-list.ts';
import { Names } from './names.ts';
import { NodeList } from './node-list.ts';
import { NumberList } from './numbers.ts';
import type { NumberSink } from './numbers.ts';
import { Spools } from './spool.ts';
import { StringList } from './string-list.ts';

/** The lists that are read, in the order of a snapshot. */
const LISTS = ['"nodes":[', '"edges":[', '"locations":[', '"strings":['] as const;
const LONGEST_HEAD = 1 << 20;

/** What was read: the whole heap in figures, and what matters of it. */
export interface ParsedSnapshot {
  readonly tables: HeapTables;
  readonly nodes: number;
  readonly edges: number;
  /** Why it took more memory than it should have, as a clause. */
  readonly spillFailure?: string;
}

export class SnapshotParser {
  /** Bytes of text so far: it is ASCII. */
  characters = 0;
  readonly #spools: Spools;
  #list = -1;
  #inside = false;
  /** Text between two lists, as far as a list's begin may lie in it. */
  #between = '';
  #lists: Lists | undefined;
  readonly #numbers = new NumberList();

  constructor(spools = new Spools()) {
    this.#spools = spools;
  }

  /** The next piece of text. It is only lent. */
  write(text: Uint8Array): void {
    this.characters += text.length;
    let at = 0;
    while (at !== -1 && at < text.length) {
      at = this.#inside ? this.#read(text, at) : this.#skip(text, at);
    }
  }

  /** Looks for the begin of the next list; what lies before the first is the head. */
  #skip(text: Uint8Array, at: number): number {
    const next = LISTS[this.#list + 1];
    if (next === undefined) return -1;
    const seen = this.#between.length;
    const joined = this.#between + Buffer.from(text.subarray(at)).toString('latin1');
    const found = joined.indexOf(next);
    if (found === -1) {
      if (this.#list === -1 && joined.length > LONGEST_HEAD) throw new Error('this is no heap snapshot');
      this.#between = this.#list === -1 ? joined : joined.slice(-next.length);
      return -1;
    }
    if (this.#list === -1) this.#lists = new Lists(readLayout(joined.slice(0, found)), this.#spools);
    this.#list++;
    this.#inside = true;
    this.#between = '';
    return at + found + next.length - seen;
  }

  #read(text: Uint8Array, at: number): number {
    const lists = this.#lists;
    if (lists === undefined) throw new Error('this is no heap snapshot');
    const sink = lists.numbers[this.#list];
    const end = sink === undefined ? lists.strings.read(text, at) : this.#numbers.read(text, at, sink);
    if (end !== -1) {
      this.#inside = false;
      sink?.end();
      if (this.#list === LISTS.length - 1) this.#list++;
    }
    return end;
  }

  /** Share of the nodes and edges that have been read, 0 to 1. */
  get share(): number {
    return this.#lists?.share ?? 0;
  }

  finish(): ParsedSnapshot {
    const lists = this.#lists;
    if (lists === undefined || this.#list < LISTS.length) throw new Error('the heap snapshot is not complete');
    try {
      const tables = lists.finish();
      const { failure } = this.#spools;
      return { tables, nodes: lists.layout.nodeCount, edges: lists.layout.edgeCount, ...(failure === undefined ? {} : { spillFailure: failure }) };
    } finally {
      this.#spools.close();
      this.#lists = undefined;
    }
  }
}

class Lists {
  readonly layout: SnapshotLayout;
  readonly numbers: readonly (NumberSink & { end: () => void })[];
  readonly strings: StringList;
  readonly #nodes: NodeList;
  readonly #edges: EdgeList;
  readonly #locations: LocationList;
  readonly #names: Names;

  constructor(layout: SnapshotLayout, spools: Spools) {
    this.layout = layout;
    const wanted = new Bits();
    this.#nodes = new NodeList(layout, spools, wanted);
    this.#edges = new EdgeList(layout, this.#nodes, spools, wanted);
    this.#locations = new LocationList(layout, this.#nodes);
    this.numbers = [this.#nodes, this.#edges, this.#locations];
    this.#names = new Names(wanted);
    this.strings = new StringList(spools, (id, bytes) => this.#names.learn(id, bytes));
  }

  get share(): number {
    return (this.#nodes.count + this.#edges.seen) / Math.max(1, this.layout.nodeCount + this.layout.edgeCount);
  }

  finish(): HeapTables {
    if (this.#nodes.count !== this.layout.nodeCount || this.#edges.seen !== this.layout.edgeCount) throw new Error('the heap snapshot is not complete');
    return makeTables({ nodes: this.#nodes, edges: this.#edges, strings: this.strings, names: this.#names, locations: this.#locations });
  }
}
