import { describe, expect, it } from 'vitest';
import { DUMP_VERSION, formatDump, plainStyle } from '../../reports/index.ts';
import type { Dump, Leaf } from '../../reports/index.ts';

const HEAP = { nodes: 1, edges: 1, bytes: 1, snapshotBytes: 1, readMs: 1, provedMs: 1, readerBytes: 1 };

function textOf(detail: string | undefined, read: Pick<Dump, 'heap'> = { heap: HEAP }): string {
  const handle = { id: 1, kind: 'socket', label: 'socket', ...(detail === undefined ? {} : { detail }) } as Leaf;
  const dump: Dump = {
    schemaVersion: DUMP_VERSION, program: {}, tasks: [], promises: [], leaves: [], handles: [handle], verdicts: [], roots: [], caveats: [],
    ...read,
  };
  return formatDump(dump, { style: plainStyle, width: 400 });
}

describe('a dump in which no task waits', () => {
  it('says that whoever worked on a request may be gone', () => {
    expect(textOf('from 127.0.0.1:40000, serves GET /users/7')).toContain('a request is being served');
    expect(textOf('from 127.0.0.1:40000, serves GET /users/7')).toContain('vanished-task');
  });

  it('says nothing more of connections without a request', () => {
    expect(textOf('from 127.0.0.1:40000')).toContain('Nothing waits.\n');
    expect(textOf(undefined)).toContain('Nothing waits.\n');
  });

  it('says nothing of who waits when the heap was not read', () => {
    const text = textOf('from 127.0.0.1:40000, serves GET /users/7', {});
    expect(text).toContain('Who waits for what is not known');
    expect(text).not.toMatch(/Nothing waits|\d tasks? wait/);
  });
});
