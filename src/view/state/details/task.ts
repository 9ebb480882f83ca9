/** A task: who started it, what it waits for, what it has open, what happened to it. */
import { startsTask, spawnerOf, taskOf, type Call } from '../../model/call.ts';
import { clockOf } from '../../model/program.ts';
import type { KnownFinding, SessionModel } from '../../model/session.ts';
import type { Target } from '../ui.ts';
import { scopeKey } from '../lists/scopes.ts';
import { ageOf, shownState, taskKey, tellStanding, waitedOf } from '../lists/tasks.ts';
import { clean, pathOf, placeOf, tellPlace, tellProgram, tellTask, tellTaskAndPlace, tellTime } from '../words.ts';
import { fact, heading, timeline, type Detail, type DetailContext } from './detail.ts';
import { findTask } from './find.ts';

const MOST_LISTED = 20;

export function describeTask(key: string, context: DetailContext): Detail {
  const call = findTask(key, context.session);
  if (call === undefined) {
    return { title: 'Task', lines: ['', '  It ended some time ago, and is not kept any longer.'], hint: 'esc back' };
  }
  const { book } = context;
  return {
    title: titleOf(call, book),
    lines: [...facts(call, context), ...openScopes(call, context), ...findingsAbout(call, context), ...relatives(call, context), ...history(call, context)],
    hint: 'enter starter  s scope  f finding  esc back',
  };
}

/** A label may say itself that it is one: `task "OBSERVATION"`. */
function titleOf(call: Call, book: DetailContext['book']): string {
  const label = tellTask(call, book);
  return label.startsWith('task ') ? `T${label.slice(1)}` : `Task ${label}`;
}

function facts(call: Call, context: DetailContext): string[] {
  const { book, session } = context;
  const places = book.of(call.program);
  const waited = waitedOf(call, session);
  return [
    ...fact('state', `${shownState(call)}${call.inferred || call.fateInferred ? ', inferred and not seen' : ''}`, context),
    ...fact('path', pathOf(call, book).join(' › '), context),
    ...fact('code', tellPlace(call.site === 0 ? undefined : places.of(call.site)), context),
    ...fact('started at', tellPlace(call.from === 0 ? placeOf(call, book) : places.of(call.from)), context),
    ...fact('waits for', call.over ? '' : `${tellStanding(call, book)}${waited < 0 ? '' : `, for ${tellTime(waited)}`}`, context),
    ...fact('age', `${tellTime(ageOf(call, session))}, since ${tellTime(call.startMs)} after the program's start`, context),
    ...fact('joined by', call.joinedBy === 0 ? '' : tellTask(taskOf(call.program.call(call.joinedBy)), book), context),
    ...fact('program', session.programs.length > 1 ? tellProgram(call.program) : '', context),
  ];
}

function openScopes(task: Call, context: DetailContext): string[] {
  const { session } = context;
  const open = [...task.program.scopes.values()].filter((scope) => scope.exitedMs < 0 && taskOf(scope.call) === task);
  if (open.length === 0) return [];
  const nowMs = clockOf(task.program, session.nowMs);
  return [
    ...heading('Open scopes', context),
    ...open.slice(0, MOST_LISTED).map(({ entered }) => `  ${clean(entered.name)}  ${context.style.dim(`${entered.scopeKind}, for ${tellTime(nowMs - entered.atMs)}`)}`),
  ];
}

function findingsAbout(task: Call, context: DetailContext): string[] {
  const about = [...context.session.findings.values()].filter(
    ({ finding, call, expected }) => finding.program === task.program.id && (call === task.id || expected === task.id),
  );
  if (about.length === 0) return [];
  return [
    ...heading('Findings', context),
    ...about.map((found) => tellFinding(found, context)),
  ];
}

function tellFinding(found: KnownFinding, { session, style }: DetailContext): string {
  const { severity, rule, message } = found.finding;
  const mark = severity === 'violation' ? style.red('✖') : style.yellow('▲');
  return session.isKnown(found) ? style.dim(`  ✓ ${rule} ${clean(message)} (known)`) : `  ${mark} ${style.bold(rule)} ${clean(message)}`;
}

function relatives(task: Call, context: DetailContext): string[] {
  const { book } = context;
  const children = [...task.program.calls.values()].filter((call) => startsTask(call) && call !== task && spawnerOf(call) === task);
  if (children.length === 0) return [];
  const more = children.length - MOST_LISTED;
  return [
    ...heading('Started by it', context),
    ...children.slice(0, MOST_LISTED).map((call) => `  ${tellTaskAndPlace(call, book)}  ${context.style.dim(shownState(call))}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}

function history(task: Call, context: DetailContext): string[] {
  const happened = context.session.history.find(({ call }) => taskOf(call) === task);
  return [...heading('What happened', context), ...timeline(happened, context)];
}

/** Its starter; `s`: the scope that it has entered last, `f`: what was found about it. */
export function relatedToTask(key: string, pressed: string, session: SessionModel): Target | undefined {
  const task = findTask(key, session);
  if (task === undefined) return undefined;
  if (pressed === 's') {
    const scope = [...task.program.scopes.values()].findLast((each) => each.exitedMs < 0 && taskOf(each.call) === task);
    return scope === undefined ? undefined : { kind: 'scope', key: scopeKey(scope) };
  }
  if (pressed === 'f') {
    const found = [...session.findings.values()].findLast(
      ({ finding, call, expected }) => finding.program === task.program.id && (call === task.id || expected === task.id),
    );
    return found === undefined ? undefined : { kind: 'finding', key: found.key };
  }
  const spawner = spawnerOf(task);
  return spawner === undefined ? undefined : { kind: 'task', key: taskKey(spawner) };
}
