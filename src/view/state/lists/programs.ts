/** Every process and worker thread of the session, below the one that started it. */
import { clockOf, type ProgramModel } from '../../model/program.ts';
import type { SessionModel } from '../../model/session.ts';
import { createMatch, type Cells, type List } from '../cells.ts';
import { listTree } from '../listing.ts';
import { tellAmount, tellBytes, tellProgram, tellTime } from '../words.ts';

export const programs: List<ProgramModel> = {
  id: 'programs',
  list(session, state) {
    const match = createMatch(state.search);
    return listTree<ProgramModel>({
      items: session.programs,
      keyOf: ({ number }) => `p${number}`,
      parentOf: ({ started }) => session.programs.find((each) => each.id === started?.parent),
      isWanted: (program) => (state.filter === 'all' || !program.isOver) && match(() => tellProgram(program)),
      folded: state.folded,
      flat: false,
      reversed: state.reversed,
    });
  },
  keyOf: ({ number }) => `p${number}`,
  targetOf: ({ number }) => ({ kind: 'program', key: `p${number}` }),
  cells: ({ item }, { session }) => cellsOf(item, session),
  empty: () => 'No program of this session has been seen yet.',
};

export function programState(program: ProgramModel): string {
  const { ended, killed, stalledSinceMs } = program;
  if (killed) return 'killed';
  if (ended?.signal !== undefined) return ended.signal;
  if (ended !== undefined) return `ended ${ended.exitCode ?? ''}`.trim();
  return stalledSinceMs >= 0 ? 'stuck' : 'running';
}

function cellsOf(program: ProgramModel, session: SessionModel): Cells {
  const { facts, started, alive, open, rate, lost, omitted, records } = program;
  const state = programState(program);
  const failed = state === 'killed' || state === 'stuck';
  return {
    tone: program.isOver ? 'dim' : 'plain',
    cells: {
      state: { text: state, tone: failed ? 'bad' : program.isOver ? 'dim' : 'good' },
      pid: { text: started === undefined ? '' : String(started.pid) },
      age: { text: tellTime(clockOf(program, session.nowMs)) },
      tasks: { text: String(alive) },
      scopes: { text: String(open) },
      rate: { text: program.isOver ? '' : tellAmount(rate) },
      records: { text: tellAmount(records) },
      lost: { text: lost + omitted === 0 ? '' : tellAmount(lost + omitted), tone: 'bad' },
      memory: { text: facts === undefined || program.isOver ? '' : tellBytes(facts.rssBytes) },
      cpu: { text: facts === undefined || program.isOver ? '' : `${Math.round(facts.cpu * 100)}%` },
      name: { text: tellProgram(program) },
    },
  };
}
