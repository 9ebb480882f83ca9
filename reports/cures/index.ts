/** The cures: of which rules there is one, in general and on the user's own lines. */
import type { SiteId } from '../../tracker/protocol.ts';
import type { Finding } from '../finding.ts';
import type { ProgramTrace, Scope } from '../model.ts';
import { isUserCode, type Place, type Places } from '../sources.ts';
import { abandonedGenerator } from './abandoned-generator.ts';
import { readCode, tokenAt, type Code } from './code.ts';
import { contextLeak } from './context-leak.ts';
import { crossTaskExit } from './cross-task-exit.ts';
import { crossTaskGenerator } from './cross-task-generator.ts';
import type { Case, Cure, RuleCure, Spot } from './cure.ts';
import { ignoredCancellation } from './ignored-cancellation.ts';
import { isPlain } from './markup.ts';
import { leakedTask } from './leaked-task.ts';
import { leakedTimer } from './leaked-timer.ts';
import { raceLoser } from './race-loser.ts';
import { residualCancellation } from './residual-cancellation.ts';
import { unfinishedAtExit } from './unfinished-at-exit.ts';
import { vanishedTask } from './vanished-task.ts';

/**
 * By the ids of their rules. A rule that is not here has a cure of another kind: a `finally` for `unclosed-scope`,
 * an `if` for `swallowed-cancellation`.
 */
export const cures: Readonly<Record<string, RuleCure>> = {
  'cross-task-exit': crossTaskExit,
  'cross-task-generator': crossTaskGenerator,
  'abandoned-generator': abandonedGenerator,
  'context-leak': contextLeak,
  'race-loser': raceLoser,
  'leaked-task': leakedTask,
  'leaked-timer': leakedTimer,
  'vanished-task': vanishedTask,
  'unfinished-at-exit': unfinishedAtExit,
  'ignored-cancellation': ignoredCancellation,
  'residual-cancellation': residualCancellation,
};

/** What cures a finding, on its own lines. `undefined` where their shape is not known. */
export type CureOf = (finding: Finding) => Cure | undefined;

export function createCures(trace: Pick<ProgramTrace, 'scopes'>, places: Places): CureOf {
  const codes = new Map<string, Code | undefined>();
  const codeOf = (place: Place): Code | undefined => {
    if (!isUserCode(place)) return undefined;
    if (!codes.has(place.file)) codes.set(place.file, readWhole(place, places));
    return codes.get(place.file);
  };
  const spotOf = (place: Place | undefined): Spot | undefined => {
    const code = place === undefined ? undefined : codeOf(place);
    const at = place === undefined || code === undefined ? undefined : tokenAt(code, place.line, place.column);
    return code === undefined || at === undefined || (code.hasMarkup && !isPlain(code, at)) ? undefined : { code, at };
  };
  return (finding) => {
    const rewrite = cures[finding.rule]?.rewrite;
    if (rewrite === undefined) return undefined;
    const scope = trace.scopes.find(({ id }) => id === finding.scope?.id);
    const given: Case = {
      spot: (label) => spotOf(finding.places.find((one) => one.label.startsWith(label))?.place),
      edges: (code) => framesOf(scope).flatMap((site) => {
        const spot = spotOf(places.of(site));
        return spot?.code === code ? [spot.at] : [];
      }),
      ways: () => {
        const spots = (sites: readonly SiteId[]): Spot[] => sites.flatMap((site) => spotOf(places.of(site)) ?? []);
        const exit = scope?.exits[0];
        return { entered: spots(scope?.entered.stack ?? []), exited: spots([...(exit?.stack ?? []), ...(exit?.calledFrom ?? [])]) };
      },
      started: spotOf(places.of(scope?.entered.task.from)),
      scope,
    };
    return rewrite(given);
  };
}

function framesOf(scope: Scope | undefined): readonly number[] {
  return scope === undefined ? [] : [...scope.entered.stack, ...(scope.exits[0]?.stack ?? [])];
}

const ALL = 1_000_000;

function readWhole(place: Place, places: Places): Code | undefined {
  const source = places.excerpt(place, ALL);
  return source?.firstLine === 1 ? readCode(source.lines, place.file) : undefined;
}
