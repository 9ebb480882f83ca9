/** The head of a snapshot: how its lists are laid out, which differs between versions of V8. */
import { EdgeType, NodeType } from '../../../reports/index.ts';

export interface SnapshotLayout {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly nodeFields: number;
  /** Positions of the fields of a node. */
  readonly node: { readonly type: number; readonly name: number; readonly id: number; readonly size: number; readonly edges: number };
  readonly edgeFields: number;
  readonly edge: { readonly type: number; readonly name: number; readonly to: number };
  /** Our number of each type that the snapshot numbers by itself. */
  readonly nodeTypes: Uint8Array;
  readonly edgeTypes: Uint8Array;
  readonly locationFields: number;
}

const NODE_TYPES: Readonly<Record<string, number>> = {
  hidden: NodeType.hidden,
  array: NodeType.array,
  string: NodeType.string,
  'concatenated string': NodeType.string,
  'sliced string': NodeType.string,
  object: NodeType.object,
  code: NodeType.code,
  closure: NodeType.closure,
  number: NodeType.number,
  bigint: NodeType.number,
  native: NodeType.native,
  synthetic: NodeType.synthetic,
  'object shape': NodeType.shape,
  symbol: NodeType.symbol,
};

/** @param text From the snapshot's begin to `"nodes":[`, without that. */
export function readLayout(text: string): SnapshotLayout {
  const head: unknown = JSON.parse(`${text.replace(/,\s*$/, '')}}`);
  const snapshot = fieldsOf(fieldsOf(head)['snapshot']);
  const meta = fieldsOf(snapshot['meta']);
  const nodeFields = namesOf(meta['node_fields']);
  const edgeFields = namesOf(meta['edge_fields']);
  const at = (names: readonly string[], name: string): number => {
    const found = names.indexOf(name);
    if (found === -1) throw new Error(`the snapshot has no field "${name}"`);
    return found;
  };
  return {
    nodeCount: Number(snapshot['node_count']),
    edgeCount: Number(snapshot['edge_count']),
    nodeFields: nodeFields.length,
    node: {
      type: at(nodeFields, 'type'),
      name: at(nodeFields, 'name'),
      id: at(nodeFields, 'id'),
      size: at(nodeFields, 'self_size'),
      edges: at(nodeFields, 'edge_count'),
    },
    edgeFields: edgeFields.length,
    edge: { type: at(edgeFields, 'type'), name: at(edgeFields, 'name_or_index'), to: at(edgeFields, 'to_node') },
    nodeTypes: Uint8Array.from(typeNames(meta['node_types']), (name) => NODE_TYPES[name] ?? NodeType.other),
    edgeTypes: Uint8Array.from(typeNames(meta['edge_types']), (name) => EDGE_TYPES[name] ?? EdgeType.hidden),
    locationFields: namesOf(meta['location_fields'] ?? []).length,
  };
}

const EDGE_TYPES: Readonly<Record<string, number>> = EdgeType;

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error('this is no heap snapshot');
  return value as Readonly<Record<string, unknown>>;
}

function namesOf(value: unknown): string[] {
  if (!Array.isArray(value)) throw new Error('this is no heap snapshot');
  return value.map(String);
}

/** The first entry of the types lists the names of the field "type". */
function typeNames(value: unknown): string[] {
  return namesOf(Array.isArray(value) ? value[0] : value);
}
