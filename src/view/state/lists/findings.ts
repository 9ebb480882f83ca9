/** What the rules have found, the newest first. */
import type { KnownFinding, SessionModel } from '../../model/session.ts';
import { createMatch, type Cells, type List } from '../cells.ts';
import type { FilterId } from '../filters.ts';
import { listTree } from '../listing.ts';
import { clean, tellPlace, tellTime } from '../words.ts';

export const findings: List<KnownFinding> = {
  id: 'findings',
  list(session, state) {
    const match = createMatch(state.search);
    return listTree<KnownFinding>({
      items: [...session.findings.values()].sort((one, other) => other.number - one.number),
      keyOf: ({ key }) => key,
      parentOf: () => undefined,
      isWanted: (found) => fits(found, state.filter, session) && match(() => textOf(found)),
      folded: state.folded,
      flat: true,
      reversed: state.reversed,
    });
  },
  keyOf: ({ key }) => key,
  targetOf: ({ key }) => ({ kind: 'finding', key }),
  cells: ({ item }, { session }) => cellsOf(item, session.isKnown(item)),
  newest: () => 0,
  empty: (session) =>
    session.verdict.limit ?? (session.verdict.final
      ? 'Nothing was found.'
      : 'Nothing was found so far. Rules that can only tell at the end of a program speak then.'),
};

function fits(found: KnownFinding, filter: FilterId, session: SessionModel): boolean {
  if (filter === 'all') return true;
  if (filter === 'known') return session.isKnown(found);
  if (session.isKnown(found)) return false;
  return filter === 'new' || found.finding.severity === (filter === 'violations' ? 'violation' : 'leak');
}

function textOf({ finding }: KnownFinding): string {
  return `${finding.rule} ${finding.message} ${placeOf(finding)}`;
}

function placeOf({ places }: KnownFinding['finding']): string {
  return tellPlace(places.findLast(({ place }) => place !== undefined)?.place);
}

function cellsOf({ finding, atMs }: KnownFinding, known: boolean): Cells {
  const violation = finding.severity === 'violation';
  return {
    tone: known ? 'dim' : 'plain',
    cells: {
      severity: known ? { text: '✓ known' } : { text: violation ? '✖ violation' : finding.severity === 'leak' ? '▲ leak' : '• info', tone: violation ? 'bad' : 'warn' },
      at: { text: tellTime(atMs), tone: 'dim' },
      count: { text: finding.count > 1 ? `×${finding.count}` : '' },
      rule: { text: finding.rule, tone: 'strong' },
      message: { text: clean(finding.message) },
      place: { text: placeOf(finding), tone: 'dim' },
    },
  };
}
