/** Timers, servers, sockets and the like: who made each, and how long it was known to stand. */
import type {
  HandleClosed, HandleId, HandleOpened, HandleStanding, HandleType, SiteId, TraceRecord,
} from '../../../tracker/protocol.ts';
import type { Moment, Scope, Task } from '../../model.ts';
import type { Family, FoldContext } from '../family.ts';

export interface Handle {
  readonly id: HandleId;
  readonly type: HandleType;
  /** Who made it, and whether that was seen. */
  readonly task: Task;
  readonly certain: boolean;
  /** The innermost scope that was open for the task then. Absent when there was none. */
  readonly scope?: Scope;
  /** The program's own frames, innermost first. Empty: Node made it, or that was not seen. */
  readonly stack: readonly SiteId[];
  /** The module of Node that the program called. Absent when none lies between. */
  readonly by?: string;
  /** Made by the very function that is the scope's body, or that entered the scope. */
  readonly local: boolean;
  /** A timer whose promise lost a race. */
  readonly lostRace: boolean;
  readonly opened: Moment;
  /** When it was last known to be there, in milliseconds. */
  readonly openMs: number;
  /** Whether it kept the program alive when that was last asked. */
  readonly refd: boolean;
  /** Absent: it was still there when the recording stops. */
  readonly closed?: Moment & { readonly how: HandleClosed['how'] };
}

interface Facts {
  readonly opened: HandleOpened;
  readonly order: number;
  openMs: number;
  refd: boolean;
  closed?: Handle['closed'];
}

/** All that were announced, in the order of their ids. */
export const handles: Family<readonly Handle[]> = () => {
  const known = new Map<HandleId, Facts>();
  return {
    add: (record, order) => addRecord(known, record, order),
    finish: (context) => [...known.values()].map((facts) => finishOne(facts, context)),
  };
};

function addRecord(known: Map<HandleId, Facts>, record: TraceRecord, order: number): boolean {
  switch (record.kind) {
    case 'handle-opened':
      if (!known.has(record.handle)) known.set(record.handle, { opened: record, order, openMs: record.atMs, refd: true });
      return true;
    case 'handle-standing':
      noteStanding(known.get(record.handle), record);
      return true;
    case 'handle-closed':
      noteClosed(known.get(record.handle), record, order);
      return true;
    default:
      return false;
  }
}

function noteStanding(facts: Facts | undefined, { refd, atMs }: HandleStanding): void {
  if (facts === undefined || facts.closed !== undefined) return;
  facts.openMs = atMs;
  facts.refd = refd;
}

function noteClosed(facts: Facts | undefined, { how, openAtMs, atMs }: HandleClosed, order: number): void {
  if (facts === undefined || facts.closed !== undefined) return;
  facts.openMs = Math.max(facts.openMs, openAtMs);
  facts.closed = { how, order, atMs };
}

function finishOne({ opened, order, openMs, refd, closed }: Facts, { index, scopes }: FoldContext): Handle {
  const { task, certain } = index.of(opened.call);
  const scope = opened.scope === undefined ? undefined : scopes.get(opened.scope);
  return {
    id: opened.handle,
    type: opened.type,
    task,
    certain: certain && opened.inferred !== true,
    ...(scope === undefined ? {} : { scope }),
    stack: opened.stack,
    ...(opened.by === undefined ? {} : { by: opened.by }),
    local: opened.local === true,
    lostRace: opened.lostRace === true,
    opened: { order, atMs: opened.atMs },
    openMs,
    refd,
    ...(closed === undefined ? {} : { closed }),
  };
}
