/** The nodes of a snapshot as they come: their types stay in memory, what is asked for once at the end does not. */
import { NodeType } from '../../../reports/index.ts';
import type { SnapshotLayout } from './header.ts';
import type { NumberSink } from './numbers.ts';
import type { Bits } from './bits.ts';
import { PIECE, Spool } from './spool.ts';
import type { Spools } from './spool.ts';

/** Name, id and number of edges. */
const FIELDS = 3;

export class NodeList implements NumberSink {
  count = 0;
  /** Sum of the objects' own sizes. */
  bytes = 0;
  /** {@link NodeType} of each node; the bits above are for others. */
  readonly types: Uint8Array<ArrayBuffer>;
  readonly #layout: SnapshotLayout;
  readonly #wanted: Bits;
  readonly #spool: Spool;
  #field = 0;
  #name = 0;
  #id = 0;
  #edges = 0;

  /** @param wanted Gets the names of nodes that are no texts. */
  constructor(layout: SnapshotLayout, spools: Spools, wanted: Bits) {
    this.#layout = layout;
    this.#wanted = wanted;
    this.#spool = new Spool(spools);
    this.types = new Uint8Array(layout.nodeCount);
  }

  take(value: number): void {
    const { node, nodeFields, nodeTypes } = this.#layout;
    const field = this.#field;
    if (field === node.type) this.types[this.count] = nodeTypes[value] ?? NodeType.other;
    else if (field === node.name) this.#name = value;
    else if (field === node.id) this.#id = value;
    else if (field === node.size) this.bytes += value;
    else if (field === node.edges) this.#edges = value;
    this.#field = field + 1;
    if (this.#field === nodeFields) this.#add();
  }

  #add(): void {
    this.#field = 0;
    const type = this.types[this.count++];
    if (!isText(type)) this.#wanted.add(this.#name);
    this.#spool.reserve(FIELDS);
    this.#spool.push(this.#name);
    this.#spool.push(this.#id);
    this.#spool.push(this.#edges);
  }

  end(): void {
    this.#spool.end();
  }

  /** In the order of their numbers. */
  each(visit: (node: number, name: number, id: number) => void): void {
    let node = 0;
    this.#spool.each((numbers) => {
      for (let at = 0; at < numbers.length; at += FIELDS) visit(node++, numbers[at] ?? 0, numbers[at + 1] ?? 0);
    });
  }

  /** Answers with the number of edges of the first node, then of the next. -1: there is none. */
  edgeCounts(): () => number {
    const room = new Uint32Array(PIECE);
    let piece = -1;
    let numbers = room.subarray(0, 0);
    let at = 0;
    return () => {
      while (at >= numbers.length) {
        if (++piece >= this.#spool.count) return -1;
        numbers = this.#spool.read(piece, room);
        at = 0;
      }
      at += FIELDS;
      return numbers[at - 1] ?? 0;
    };
  }
}

export function isText(type: number | undefined): boolean {
  return type === NodeType.string || type === NodeType.symbol;
}
