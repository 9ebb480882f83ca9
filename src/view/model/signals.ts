/** `AbortSignal`s that matter, as far as the program tells of them. */
import type { SignalId, TraceRecord } from '../../../tracker/protocol.ts';
import type { Folding } from './records.ts';
import type { ProgramModel, SignalModel } from './program.ts';

const MOST_SIGNALS = 5000;

/** False: the record does not speak of a signal. */
export function addSignalRecord({ program, history }: Folding, record: TraceRecord): boolean {
  switch (record.kind) {
    case 'signal-created': {
      const signal = signalOf(program, record.signal);
      signal.how = record.how;
      signal.call = record.call ?? 0;
      signal.createdMs = record.atMs;
      signal.sources = record.sources ?? [];
      return true;
    }
    case 'signal-used':
      signalOf(program, record.signal).users.add(record.call);
      return true;
    case 'signal-aborted': {
      const signal = signalOf(program, record.signal);
      const at = record.stack[0];
      signal.abortedMs = record.atMs;
      signal.abortedBy = record.call ?? 0;
      signal.abortedAt = at ?? 0;
      signal.reason = record.reason ?? '';
      for (const call of record.users) signal.users.add(call);
      if (record.call !== undefined) {
        history.add({ program, atMs: record.atMs, text: 'aborted a signal', call: program.call(record.call), ...(at === undefined ? {} : { at }) });
      }
      return true;
    }
    case 'listeners-left':
      signalOf(program, record.signal).left = record.calls;
      return true;
    default:
      return false;
  }
}

function signalOf(program: ProgramModel, id: SignalId): SignalModel {
  let signal = program.signals.get(id);
  if (signal === undefined) {
    signal = {
      program, id, how: 'unknown', call: 0, createdMs: program.lastAtMs, sources: [], abortedMs: -1, abortedBy: 0, abortedAt: 0, reason: '',
      users: new Set(), left: 0,
    };
    // The oldest one makes room.
    const oldest = program.signals.size >= MOST_SIGNALS ? program.signals.keys().next().value : undefined;
    if (oldest !== undefined) program.signals.delete(oldest);
    program.signals.set(id, signal);
  }
  return signal;
}
