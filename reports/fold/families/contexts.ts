/** Contexts that one call left behind and a later run of the same function has read. */
import type { ContextEntered, ContextRead, SiteId } from '../../../tracker/protocol.ts';
import type { ScopeEvent, Task } from '../../model.ts';
import type { FamilyFold, FoldContext } from '../family.ts';

/** What {@link ContextEntered} and {@link ContextRead} say. */
export interface LeftContext {
  readonly entered: ScopeEvent;
  /** The start of the function whose runs entered it and read it. */
  readonly fn: SiteId;
  readonly reads: readonly ContextUse[];
}

export interface ContextUse extends ScopeEvent {
  /** The task of the later run, which need not be the one that read. */
  readonly run: Task;
}

interface Facts {
  entered?: { readonly record: ContextEntered; readonly order: number };
  readonly reads: { readonly record: ContextRead; readonly order: number }[];
}

export function contexts(): FamilyFold<readonly LeftContext[]> {
  const known = new Map<number, Facts>();
  const factsOf = (id: number): Facts => {
    let facts = known.get(id);
    if (facts === undefined) known.set(id, (facts = { reads: [] }));
    return facts;
  };
  return {
    add: (record, order) => {
      if (record.kind === 'context-entered') factsOf(record.context).entered ??= { record, order };
      else if (record.kind === 'context-read') factsOf(record.context).reads.push({ record, order });
      else return false;
      return true;
    },
    finish: (context) => [...known.values()].flatMap((facts) => finish(facts, context)),
  };
}

/** A context whose entering was lost is left out: there is nothing to say of it. */
function finish({ entered, reads }: Facts, context: FoldContext): LeftContext[] {
  if (entered === undefined) return [];
  const uses = reads.map(({ record, order }): ContextUse => {
    const run = context.index.of(record.run);
    const event = eventOf(record, order, context);
    return { ...event, run: run.task, certain: event.certain && run.certain };
  });
  return [{ entered: eventOf(entered.record, entered.order, context), fn: entered.record.fn, reads: uses }];
}

function eventOf({ call, stack, atMs }: ContextEntered | ContextRead, order: number, { index }: FoldContext): ScopeEvent {
  return { order, atMs, ...index.of(call), stack };
}
