/** Finds things by the keys of their rows. */
import type { Call } from '../../model/call.ts';
import type { HandleModel, ProgramModel, ScopeModel, SignalModel } from '../../model/program.ts';
import type { SessionModel } from '../../model/session.ts';

export function programOf(key: string, session: SessionModel): ProgramModel | undefined {
  return session.programs[Number(key.replace(/^p/, '').split('.')[0]) - 1];
}

function idOf(key: string): number {
  return Number(key.split('.')[1]);
}

export function findTask(key: string, session: SessionModel): Call | undefined {
  return programOf(key, session)?.calls.get(idOf(key));
}

export function findScope(key: string, session: SessionModel): ScopeModel | undefined {
  return programOf(key, session)?.scopes.get(idOf(key));
}

export function findSignal(key: string, session: SessionModel): SignalModel | undefined {
  return programOf(key, session)?.signals.get(idOf(key));
}

export function findHandle(key: string, session: SessionModel): HandleModel | undefined {
  return programOf(key, session)?.handles.get(idOf(key));
}
