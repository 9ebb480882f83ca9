/** One process or worker thread of the session, as far as its recording has been read. */
import type {
  CallId, Counted, HandleClosed, HandleId, HandleOpened, ProgramEnded, ProgramId, ProgramStarted, ScopeEntered, ScopeId, SignalId, SiteId,
  SiteSeen,
} from '../../../tracker/protocol.ts';
import { Call } from './call.ts';

export interface ScopeModel {
  readonly program: ProgramModel;
  readonly entered: ScopeEntered;
  /** Who entered it. */
  readonly call: Call;
  exitedMs: number;
  exitedBy: Call | undefined;
  exitedAt: SiteId | 0;
  cancelledMs: number;
  reason: string;
}

export interface SignalModel {
  readonly program: ProgramModel;
  readonly id: SignalId;
  how: string;
  call: CallId;
  createdMs: number;
  sources: readonly SignalId[];
  abortedMs: number;
  abortedBy: CallId;
  abortedAt: SiteId | 0;
  reason: string;
  /** Calls that were seen to work under it. */
  readonly users: Set<CallId>;
  /** Calls that have ended and left a listener. */
  left: number;
}

export interface HandleModel {
  readonly program: ProgramModel;
  readonly opened: HandleOpened;
  refd: boolean;
  closedMs: number;
  how: HandleClosed['how'] | undefined;
}

/** What the system says of a process. */
export interface ProcessFacts {
  readonly rssBytes: number;
  /** Share of one core since the last look, from 0 on. */
  readonly cpu: number;
}

export class ProgramModel {
  readonly id: ProgramId;
  /** From 1, in the order in which they appeared. */
  readonly number: number;
  started: ProgramStarted | undefined;
  ended: ProgramEnded | undefined;
  /** Its process is gone without a last word. */
  killed = false;
  readonly calls = new Map<CallId, Call>();
  readonly scopes = new Map<ScopeId, ScopeModel>();
  readonly signals = new Map<SignalId, SignalModel>();
  readonly handles = new Map<HandleId, HandleModel>();
  readonly sites = new Map<SiteId, SiteSeen>();
  readonly sourceMaps = new Map<string, unknown>();
  counted: Counted | undefined;
  lastAtMs = 0;
  records = 0;
  damaged = 0;
  /** Calls and scopes that were not kept, because there are too many. */
  omitted = 0;
  /** Sentences. */
  troubles: string[] = [];
  caveats: string[] = [];
  facts: ProcessFacts | undefined;
  /** Since when the event loop does not turn. -1: it does, as far as is known. */
  stalledSinceMs = -1;
  /** Records a second, of late. */
  rate = 0;
  /** How many living tasks and open scopes there are. */
  alive = 0;
  open = 0;
  /** When promises were not followed any more. -1: they are. */
  unfollowedSinceMs = -1;

  constructor(id: ProgramId, number: number) {
    this.id = id;
    this.number = number;
  }

  get isOver(): boolean {
    return this.ended !== undefined || this.killed;
  }

  get lost(): number {
    return (this.counted?.dropped ?? 0) + this.damaged;
  }

  /** The call; a stand-in for one that was never announced, or was let go of. */
  call(id: CallId): Call {
    return this.calls.get(id) ?? new Call(this, { kind: 'call-started', call: id, origin: 'async', inferred: true, atMs: 0 }, undefined);
  }
}

/** The program's own time at a moment of the session, in milliseconds since its start. */
export function clockOf(program: ProgramModel, nowEpochMs: number): number {
  if (program.ended !== undefined) return program.ended.atMs;
  if (program.killed || program.started === undefined) return program.lastAtMs;
  return Math.max(program.lastAtMs, nowEpochMs - program.started.startedAtEpochMs);
}
