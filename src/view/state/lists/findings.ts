/** What the rules have found, the newest first. */
import type { KnownFinding } from '../../model/session.ts';
import { createMatch, type Cells, type List } from '../cells.ts';
import { listTree } from '../listing.ts';
import { clean, tellPlace, tellTime } from '../words.ts';

export const findings: List<KnownFinding> = {
  id: 'findings',
  list(session, state) {
    const match = createMatch(state.search);
    const wanted = state.filter === 'violations' ? 'violation' : state.filter === 'leaks' ? 'leak' : undefined;
    return listTree<KnownFinding>({
      items: [...session.findings.values()].sort((one, other) => other.number - one.number),
      keyOf: ({ key }) => key,
      parentOf: () => undefined,
      isWanted: ({ finding }) => (wanted === undefined || finding.severity === wanted) && match(() => `${finding.rule} ${finding.message} ${placeOf(finding)}`),
      folded: state.folded,
      flat: true,
      reversed: state.reversed,
    });
  },
  keyOf: ({ key }) => key,
  targetOf: ({ key }) => ({ kind: 'finding', key }),
  cells: ({ item }) => cellsOf(item),
  newest: () => 0,
  empty: (session) =>
    session.verdict.final
      ? 'Nothing was found.'
      : 'Nothing was found so far. Rules that can only tell at the end of a program speak then.',
};

function placeOf({ places }: KnownFinding['finding']): string {
  return tellPlace(places.findLast(({ place }) => place !== undefined)?.place);
}

function cellsOf({ finding, atMs }: KnownFinding): Cells {
  const violation = finding.severity === 'violation';
  return {
    tone: 'plain',
    cells: {
      severity: { text: violation ? '✖ violation' : '▲ leak', tone: violation ? 'bad' : 'warn' },
      at: { text: tellTime(atMs), tone: 'dim' },
      count: { text: finding.count > 1 ? `×${finding.count}` : '' },
      rule: { text: finding.rule, tone: 'strong' },
      message: { text: clean(finding.message) },
      place: { text: placeOf(finding), tone: 'dim' },
    },
  };
}
