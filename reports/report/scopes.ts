import type { Verdicts } from '../check.ts';
import type { ProgramTrace, Scope, SessionTrace } from '../model.ts';
import type { ReportScope } from '../report.ts';
import { createPlaces, type Places, type Sources } from '../sources.ts';
import { select, type Selection } from './selection.ts';

interface Located {
  readonly program: ProgramTrace;
  readonly places: Places;
  readonly scope: Scope;
}

export function reportScopes(
  session: SessionTrace,
  verdicts: Verdicts,
  sources: Sources,
): Selection<ReportScope> {
  const all = session.programs.flatMap((program): Located[] => {
    const places = createPlaces(program, sources);
    return program.scopes.map((scope) => ({ program, places, scope }));
  });
  const named = new Set(verdicts.findings.map((one) => `${one.program} ${one.scope?.id}`));
  const { listed, omitted } = select(all, (one) => named.has(`${one.program.id} ${one.scope.id}`));
  return { listed: listed.map(reportScope), omitted };
}

function reportScope({ program, places, scope }: Located): ReportScope {
  const exit = scope.exits[0];
  const entered = places.user(scope.entered.stack);
  const exited = exit && places.user(exit.stack);
  const cancel = scope.cancels[0];
  return {
    program: program.id,
    id: scope.id,
    kind: scope.kind,
    name: scope.name,
    ...(scope.parent === undefined ? {} : { parent: scope.parent.id }),
    hostTask: scope.entered.task.id,
    enteredAtMs: scope.entered.atMs,
    ...(entered === undefined ? {} : { entered }),
    ...(exit === undefined ? {} : { exitedAtMs: exit.atMs, exitTask: exit.task.id }),
    ...(exited === undefined ? {} : { exited }),
    ...(cancel === undefined ? {} : { cancelledAtMs: cancel.atMs }),
  };
}
