/**
 * The edges of a snapshot as they come, in groups: a node, the number of its edges, then label and target of
 * each. Left out is what no dump ever asks for: the shapes of objects, what only the compiler uses, the texts and
 * numbers in long lists.
 */
import { EdgeType, LABEL_BITS, LABEL_MASK, NodeType } from '../../../reports/index.ts';
import type { SnapshotLayout } from './header.ts';
import type { NumberSink } from './numbers.ts';
import type { Bits } from './bits.ts';
import { isText } from './node-list.ts';
import type { NodeList } from './node-list.ts';
import { PIECE, Spool } from './spool.ts';
import type { Spools } from './spool.ts';

/** Long ones become several groups. */
const LONGEST_GROUP = 2 ** 14;
/** The table of a map with so many slots may have names of events as its keys. */
export const SHORT_LIST = 64;

/** Looks at one group: the edges are pairs of numbers from `at` to `end`, label and target. */
export type VisitEdges = (from: number, numbers: Uint32Array, at: number, end: number) => void;

export class EdgeList implements NumberSink {
  seen = 0;
  readonly #layout: SnapshotLayout;
  readonly #nodes: NodeList;
  readonly #wanted: Bits;
  readonly #spool: Spool;
  #nextCount: (() => number) | undefined;
  #field = 0;
  #type = 0;
  #name = 0;
  #target = 0;
  /** The node whose edges are being read, how many it has, and how many are still to come. */
  #from = -1;
  #all = 0;
  #left = 0;
  readonly #group = new Uint32Array(LONGEST_GROUP * 2);
  #grouped = 0;
  /** Where the groups of a piece begin. */
  #starts: Uint32Array | undefined;

  /** @param wanted Gets the names of edges. */
  constructor(layout: SnapshotLayout, nodes: NodeList, spools: Spools, wanted: Bits) {
    this.#layout = layout;
    this.#nodes = nodes;
    this.#wanted = wanted;
    this.#spool = new Spool(spools);
  }

  take(value: number): void {
    const { edge, edgeFields, edgeTypes, nodeFields } = this.#layout;
    const field = this.#field;
    if (field === edge.type) this.#type = edgeTypes[value] ?? EdgeType.hidden;
    else if (field === edge.name) this.#name = value;
    else if (field === edge.to) this.#target = value / nodeFields;
    this.#field = field + 1;
    if (this.#field === edgeFields) this.#add();
  }

  #add(): void {
    this.#field = 0;
    while (this.#left === 0 && this.#nextNode());
    this.#left--;
    this.seen++;
    if (!this.#isWanted()) return;
    if (isNamed(this.#type)) this.#wanted.add(this.#name);
    this.#group[this.#grouped++] = ((this.#type << LABEL_BITS) | (this.#name & LABEL_MASK)) >>> 0;
    this.#group[this.#grouped++] = this.#target;
    if (this.#grouped === this.#group.length) this.#endGroup();
  }

  /** False after the last. */
  #nextNode(): boolean {
    this.#endGroup();
    this.#nextCount ??= this.#nodes.edgeCounts();
    const count = this.#nextCount();
    if (count === -1) return false;
    this.#from++;
    this.#all = this.#left = count;
    return true;
  }

  #endGroup(): void {
    const length = this.#grouped;
    if (length === 0) return;
    const spool = this.#spool;
    spool.reserve(length + 2);
    spool.push(this.#from);
    spool.push(length / 2);
    for (let at = 0; at < length; at++) spool.push(this.#group[at] ?? 0);
    this.#grouped = 0;
  }

  #isWanted(): boolean {
    const { types } = this.#nodes;
    const target = types[this.#target];
    const from = types[this.#from];
    if (target === NodeType.shape || from === NodeType.shape || isText(from)) return false;
    if (target === NodeType.code) return from === NodeType.closure || from === NodeType.code || from === NodeType.object;
    if (!isText(target) && target !== NodeType.number) return true;
    return this.#type !== EdgeType.element && (from !== NodeType.array || this.#all <= SHORT_LIST);
  }

  end(): void {
    this.#endGroup();
    this.#spool.end();
  }

  /** Every group, from the first node to the last. */
  each(visit: VisitEdges): void {
    this.#spool.each((numbers) => {
      for (let at = 0; at < numbers.length; ) at = visitGroup(numbers, at, visit);
    });
  }

  /**
   * Until `visit` changes nothing any more. What is found out about the target of an edge goes back to its begin:
   * so groups are visited in both orders, since long chains may run in either.
   *
   * @param visit True: it has changed something.
   */
  settle(visit: (from: number, numbers: Uint32Array, at: number, end: number) => boolean): void {
    const starts = (this.#starts ??= new Uint32Array(PIECE / 4));
    const { count } = this.#spool;
    for (let changed = true, forward = false; changed; forward = !forward) {
      changed = false;
      for (let turn = 0; turn < count; turn++) {
        const numbers = this.#spool.read(forward ? turn : count - 1 - turn);
        let groups = 0;
        const look: VisitEdges = (from, _, at, end) => {
          starts[groups++] = at;
          if (visit(from, numbers, at, end)) changed = true;
        };
        for (let at = 0; at < numbers.length; ) at = visitGroup(numbers, at, look);
        while (groups-- > 0) {
          const at = starts[groups] ?? 0;
          if (visit(numbers[at - 2] ?? 0, numbers, at, at + 2 * (numbers[at - 1] ?? 0))) changed = true;
        }
      }
    }
  }
}

/** Returns where the next one begins. */
function visitGroup(numbers: Uint32Array, at: number, visit: VisitEdges): number {
  const end = at + 2 + 2 * (numbers[at + 1] ?? 0);
  visit(numbers[at] ?? 0, numbers, at + 2, end);
  return end;
}

export function isNamed(type: number): boolean {
  return type !== EdgeType.element && type !== EdgeType.hidden;
}
