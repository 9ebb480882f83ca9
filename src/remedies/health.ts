/** What is still there of earlier work: to be asked where the next piece of it begins. */
import { isHeard, publish } from '../library/announcements.ts';
import { ambient, runningIn, type Ambient } from './ambient.ts';
import { say } from './values.ts';

export interface Residue {
  /**
   * `open-scope` and `leaked-context` are known by the tracker alone. `running-task`: without it, those of the
   * current group. `aborted-signal`: that of the group. `open-iterator`: guarded ones that were begun in it.
   */
  readonly kind: 'open-scope' | 'aborted-signal' | 'leaked-context' | 'running-task' | 'open-iterator';
  readonly name: string;
  /** What it is, and why it matters to what is begun now. */
  readonly sentence: string;
  /** Where it was started or entered. Absent where that is not known. */
  readonly place?: string;
}

export interface Health {
  /** Whether nothing is left. */
  readonly healthy: boolean;
  readonly residue: readonly Residue[];
  /** Whether the tracker was there to be asked. Without it only what was begun with the remedies is known. */
  readonly tracked: boolean;
}

interface Answer {
  readonly residue: true;
  readonly except: readonly object[];
  readonly scopes?: readonly { readonly name: string }[];
  readonly tasks?: readonly { readonly name: string; readonly place?: string }[];
  readonly contexts?: readonly { readonly by: string; readonly place: string }[];
}

/**
 * Residual state of the current task: scopes that are open although no group around it opened them, a signal
 * that is aborted already, contexts that leaked in, tasks and guarded iterators that go on.
 */
export function health(): Health {
  const within = ambient();
  const answer: Answer = { residue: true, except: scopesAround(within) };
  const tracked = isHeard('query');
  if (tracked) publish('query', answer);
  const residue = [...openScopes(answer), ...abortedSignal(within), ...contexts(answer), ...tasks(within, answer), ...iterators(within)];
  return { healthy: residue.length === 0, residue, tracked };
}

function scopesAround(within: Ambient | undefined): object[] {
  const tokens: object[] = [];
  for (let group = within?.group; group !== undefined; group = group.outer) if (group.scope !== undefined) tokens.push(group.scope);
  return tokens;
}

function openScopes({ scopes = [] }: Answer): Residue[] {
  return scopes.map(({ name }) => ({
    kind: 'open-scope', name, sentence: `Scope "${name}" is still open: what is begun now runs inside it.`,
  }));
}

function abortedSignal(within: Ambient | undefined): Residue[] {
  const group = within?.group;
  if (group?.cancelled === undefined) return [];
  const { reason } = group.cancelled;
  return [{
    kind: 'aborted-signal', name: group.path,
    sentence: `The signal of ${group.path} is aborted already (${say(reason)}): whatever obeys it ends at once.`,
  }];
}

function contexts({ contexts: leaked = [] }: Answer): Residue[] {
  return leaked.map(({ by, place }) => ({
    kind: 'leaked-context', name: by, place,
    sentence: `A context that ${by} entered at ${place} holds here, although ${by} has ended: what is begun now reads it.`,
  }));
}

/** The tracker knows those of groups, too. */
function tasks(within: Ambient | undefined, { tasks: tracked }: Answer): Residue[] {
  const running = tracked ?? (within === undefined ? [] : runningIn(within.group, within.unit));
  return running.map(({ name, place }) => ({
    kind: 'running-task', name, sentence: `Task ${name} was started earlier and is still running.`,
    ...(place === undefined ? {} : { place }),
  }));
}

function iterators(within: Ambient | undefined): Residue[] {
  return [...(within?.group.open ?? [])].map(({ what }) => ({
    kind: 'open-iterator', name: what, sentence: `A ${what} was begun in ${within?.group.path ?? ''} and is not closed.`,
  }));
}
