/** A process or a worker thread. */
import { clockOf } from '../../model/program.ts';
import { programState } from '../lists/programs.ts';
import { clean, tellAmount, tellBytes, tellProgram, tellTime } from '../words.ts';
import { fact, heading, type Detail, type DetailContext } from './detail.ts';
import { programOf } from './find.ts';

export function describeProgram(key: string, context: DetailContext): Detail {
  const program = programOf(key, context.session);
  if (program === undefined) return { title: 'Program', lines: [], hint: 'esc back' };
  const { started, facts, counted, caveats, troubles, omitted, damaged } = program;
  const parent = context.session.programs.find(({ id }) => id === started?.parent);
  return {
    title: `Program ${tellProgram(program)}`,
    lines: [
      ...fact('state', programState(program), context),
      ...fact('process', started === undefined ? '' : `${started.pid}${started.thread === 0 ? '' : `, thread ${started.thread}`}`, context),
      ...fact('command', started === undefined ? '' : clean(started.argv.join(' ')), context),
      ...fact('folder', started === undefined ? '' : clean(started.cwd), context),
      ...fact('node', started === undefined ? '' : `${started.node}, ${started.platform}`, context),
      ...fact('started by', parent === undefined ? '' : tellProgram(parent), context),
      ...fact('age', tellTime(clockOf(program, context.session.nowMs)), context),
      ...fact('memory', facts === undefined || program.isOver ? '' : `${tellBytes(facts.rssBytes)}, ${Math.round(facts.cpu * 100)} % of a core`, context),
      ...fact('tasks', `${program.alive} known to live${counted === undefined ? '' : `, ${counted.tasks} started so far, ${counted.inferredTasks} of them inferred`}`, context),
      ...fact('scopes', `${program.open} open${counted === undefined ? '' : `, ${counted.scopes} entered so far`}`, context),
      ...fact('records', `${tellAmount(program.records)}, ${tellAmount(program.rate)} a second`, context),
      ...fact('lost', counted === undefined || counted.dropped === 0 ? '' : `${counted.dropped} records that the program could not keep`, context),
      ...fact('damaged', damaged === 0 ? '' : `${damaged} lines of its recording`, context),
      ...fact('not shown', omitted === 0 ? '' : `${omitted} calls, scopes and handles: there are too many`, context),
      ...section('What went wrong', troubles, context),
      ...section('What limits what is seen', caveats, context),
    ],
    hint: 'esc back',
  };
}

function section(title: string, sentences: readonly string[], context: DetailContext): string[] {
  if (sentences.length === 0) return [];
  return [...heading(title, context), ...sentences.flatMap((sentence) => fact('', clean(sentence), context))];
}
