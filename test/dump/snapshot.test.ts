import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NodeType } from '../../reports/index.ts';
import type { HeapTables } from '../../reports/index.ts';
import { tellShortage } from '../../src/dump/estimate.ts';
import { SnapshotParser } from '../../src/dump/snapshot/parse-snapshot.ts';
import type { ParsedSnapshot } from '../../src/dump/snapshot/parse-snapshot.ts';
import { SpillFile } from '../../src/dump/snapshot/spill-file.ts';
import { PIECE, Spools } from '../../src/dump/snapshot/spool.ts';
import { Unescape } from '../../src/dump/snapshot/unescape.ts';
import { emptyFolder } from '../support/command.ts';

const NODE_TYPES = ['hidden', 'array', 'string', 'object', 'code', 'closure', 'number', 'native', 'synthetic'];
const EDGE_TYPES = ['context', 'element', 'property', 'internal', 'hidden', 'weak'];

interface Made {
  readonly type: string;
  readonly name: string;
  /** Edge's type, name or index, and the name of the node that it leads to. */
  readonly edges?: readonly (readonly [string, string | number, string])[];
}

/** A snapshot as V8 writes it. Names of nodes are taken to be unique. */
function snapshotOf(nodes: readonly Made[]): Buffer {
  const strings: string[] = [];
  const number = (text: string): number => (strings.includes(text) ? strings.indexOf(text) : strings.push(text) - 1);
  const at = (name: string): number => nodes.findIndex((node) => node.name === name) * 5;
  const edges = nodes.flatMap((node) => node.edges ?? []);
  const text = JSON.stringify({
    snapshot: {
      meta: {
        node_fields: ['type', 'name', 'id', 'self_size', 'edge_count'],
        node_types: [NODE_TYPES],
        edge_fields: ['type', 'name_or_index', 'to_node'],
        edge_types: [EDGE_TYPES],
        location_fields: ['object_index', 'script_id', 'line', 'column'],
      },
      node_count: nodes.length,
      edge_count: edges.length,
    },
    nodes: nodes.flatMap(({ type, name, edges: own = [] }, index) => [NODE_TYPES.indexOf(type), number(name), 2 * index + 1, 10, own.length]),
    edges: edges.flatMap(([type, name, to]) => [EDGE_TYPES.indexOf(type), typeof name === 'string' ? number(name) : name, at(to)]),
    // V8 gives them in an order of its own.
    locations: nodes.flatMap(({ type }, index) => (type === 'closure' ? [[5 * index, 7, 1, 2]] : [])).reverse().flat(),
    strings,
  });
  return Buffer.from(text.replace(/"(nodes|edges|locations|strings)":/g, '\n$&'));
}

function parse(text: Buffer, spools: Spools): ParsedSnapshot {
  const parser = new SnapshotParser(spools);
  for (let from = 0; from < text.length; from += 1000) parser.write(text.subarray(from, from + 1000));
  return parser.finish();
}

/** `Job.callback › run`: every edge, by names. */
function edgesOf({ nodeCount, firstEdge, edgeTo, edgeLabel, nodeName, strings }: HeapTables): string[] {
  const nameOf = (node: number): string => strings.get(nodeName[node] ?? 0) || 'data';
  return Array.from({ length: nodeCount }, (_, node) => node).flatMap((node) =>
    Array.from(edgeTo.subarray(firstEdge[node], firstEdge[node + 1]), (to, index) => {
      const label = edgeLabel[(firstEdge[node] ?? 0) + index] ?? 0;
      const field = label >>> 29 === 1 || label >>> 29 === 4 ? '[]' : strings.get(label % 2 ** 29);
      return `${nameOf(node)}.${field} › ${nameOf(to)}`;
    }),
  );
}

/** Functions in jobs in a list, each job beside data whose class has a method; and `more` strings of data in a chain. */
function program(more = 0): Made[] {
  const chain = Array.from({ length: more }, (_, at) => `data ${at}`);
  return [
    { type: 'synthetic', name: '(root)', edges: [['element', 1, 'list'], ['internal', 'x', 'alone']] },
    { type: 'array', name: 'list', edges: [['hidden', 1, 'Job'], ['hidden', 2, 'item'], ['hidden', 3, 'other item'], ...(more === 0 ? [] : [['hidden', 4, 'data 0'] as const])] },
    { type: 'object', name: 'Job', edges: [['property', 'run', 'run'], ['property', 'path', '/tmp/x'], ['property', 'note', 'a note']] },
    { type: 'closure', name: 'run', edges: [['internal', 'context', 'system / Context']] },
    { type: 'object', name: 'system / Context', edges: [['context', 'seen', 'a note'], ['internal', 'previous', 'system / NativeContext']] },
    { type: 'hidden', name: 'system / NativeContext' },
    { type: 'object', name: 'item', edges: [['property', '__proto__', 'Item'], ['property', 'parent', 'other item']] },
    { type: 'object', name: 'other item', edges: [['property', '__proto__', 'Item'], ['property', 'parent', 'item']] },
    { type: 'object', name: 'Item', edges: [['property', 'release', 'release']] },
    { type: 'closure', name: 'release' },
    { type: 'object', name: 'alone', edges: [['property', 'note', 'a note']] },
    { type: 'string', name: '/tmp/x' },
    { type: 'string', name: 'a note' },
    ...chain.map((name, at): Made => ({ type: 'object', name, edges: [['property', 'next', chain[at + 1] ?? 'item']] })),
  ];
}

const MATTERS = [
  '(root).[] › list',
  'list.[] › Job',
  // Of the data that a list holds, only that its class has methods.
  'list.[] › data',
  'Job.run › run',
  'Job.path › /tmp/x',
  'run.context › system / Context',
  'system / Context.seen › data',
  'system / Context.previous › system / NativeContext',
  'Item.release › release',
  'data.__proto__ › Item',
];

describe('a heap snapshot', () => {
  it('is read without what nothing can be reached from', () => {
    const { tables, nodes } = parse(snapshotOf(program()), new Spools());
    expect(nodes).toBe(13);
    expect(edgesOf(tables).sort()).toEqual([...MATTERS].sort());
    const functions = Array.from(tables.locations.nodes);
    expect(functions.map((node) => [tables.nodeType[node], tables.strings.get(tables.nodeName[node] ?? 0)])).toEqual([[NodeType.closure, 'run'], [NodeType.closure, 'release']]);
    expect(tables.nodeId[functions[0] ?? 0]).toBe(7);
  });

  it('is put into a file without a name when it is large, and says the same', () => {
    const folder = emptyFolder();
    // Two pieces of nodes, strings and edges.
    const text = snapshotOf([...program(3), ...Array.from({ length: 50 }, (_, at): Made => ({ type: 'array', name: `list ${at}`, edges: Array.from({ length: PIECE / 64 }, () => ['hidden', 1, 'item'] as const) }))]);
    const parser = new SnapshotParser(new Spools(new SpillFile([folder]), 0));
    parser.write(text);
    expect(readdirSync(folder)).toEqual([]);
    const { tables, spillFailure } = parser.finish();
    expect(spillFailure).toBeUndefined();
    expect(edgesOf(tables).sort()).toEqual([...MATTERS].sort());
  });

  it('stays in memory when no file takes it, and says why', () => {
    const { tables, spillFailure } = parse(snapshotOf(program()), new Spools(new SpillFile(['/proc/nowhere']), 0));
    expect(spillFailure).toBe('it does not exist');
    expect(edgesOf(tables).sort()).toEqual([...MATTERS].sort());
  });

  it('is refused when it was cut', () => {
    const text = snapshotOf(program());
    expect(() => parse(text.subarray(0, text.length - 2), new Spools())).toThrow('not complete');
    expect(() => parse(Buffer.alloc(2 ** 21, 32), new Spools())).toThrow('no heap snapshot');
  });

  it('may come as the inside of a JSON string, in pieces that end anywhere', () => {
    const text = 'a\n"b\\"\tc\u0001d';
    const escaped = Buffer.from(JSON.stringify(text).slice(1, -1));
    for (let cut = 0; cut <= escaped.length; cut++) {
      const unescape = new Unescape();
      const parts = [Buffer.from(escaped.subarray(0, cut)), Buffer.from(escaped.subarray(cut))];
      expect(parts.map((part) => part.toString('latin1', 0, unescape.apply(part))).join('')).toBe('a\n"b\\"\tc?d');
    }
  });
});

describe('memory for a snapshot', () => {
  it('must be free in several times the size of the heap', () => {
    expect(tellShortage(100 * 2 ** 20, 2 ** 30)).toBeUndefined();
    expect(tellShortage(2 ** 30, 2 ** 30)).toBe('V8 needs at least 6144 MB to write it down, and 1024 MB of memory are free');
  });
});
