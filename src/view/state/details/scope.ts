/** A scope: whose it is, what is inside, what happened to it. */
import { startsTask, taskOf } from '../../model/call.ts';
import type { ScopeModel } from '../../model/program.ts';
import type { SessionModel } from '../../model/session.ts';
import { ageOf, scopeState } from '../lists/scopes.ts';
import { shownState, taskKey } from '../lists/tasks.ts';
import type { Target } from '../ui.ts';
import { clean, pathOf, tellPlace, tellTaskAndPlace, tellTime, userPlace } from '../words.ts';
import { fact, heading, timeline, type Detail, type DetailContext } from './detail.ts';
import { findScope } from './find.ts';

const MOST_LISTED = 30;

export function describeScope(key: string, context: DetailContext): Detail {
  const scope = findScope(key, context.session);
  if (scope === undefined) {
    return { title: 'Scope', lines: ['', '  It was exited some time ago, and is not kept any longer.'], hint: 'esc back' };
  }
  return {
    title: `Scope "${clean(scope.entered.name)}"`,
    lines: [...facts(scope, context), ...findingsAbout(scope, context), ...inside(scope, context), ...history(scope, context)],
    hint: 'enter host task  esc back',
  };
}

function facts(scope: ScopeModel, context: DetailContext): string[] {
  const { book, session } = context;
  const { program, entered, call, cancelledMs, exitedBy, exitedAt, reason } = scope;
  const parent = entered.parent === undefined ? undefined : program.scopes.get(entered.parent);
  const places = book.of(program);
  return [
    ...fact('state', `${scopeState(scope)}, ${scope.exitedMs >= 0 ? 'after' : 'for'} ${tellTime(ageOf(scope, session))}`, context),
    ...fact('kind', entered.scopeKind, context),
    ...fact('host task', pathOf(taskOf(call), book).join(' › '), context),
    ...fact('entered at', tellPlace(userPlace(program, entered.stack, book)), context),
    ...fact('inside', parent === undefined ? '' : `"${clean(parent.entered.name)}"`, context),
    ...fact('cancelled', cancelledMs < 0 ? '' : `${tellTime(cancelledMs)} after the program's start${reason === '' ? '' : `: ${clean(reason)}`}`, context),
    ...fact('exited by', exitedBy === undefined ? '' : pathOf(taskOf(exitedBy), book).join(' › '), context),
    ...fact('exited at', exitedAt === 0 ? '' : tellPlace(places.of(exitedAt)), context),
  ];
}

function findingsAbout({ program, entered }: ScopeModel, context: DetailContext): string[] {
  const { session, style } = context;
  const about = [...session.findings.values()].filter(({ finding }) => finding.program === program.id && finding.scope?.id === entered.scope);
  if (about.length === 0) return [];
  return [
    ...heading('Findings', context),
    ...about.map(({ finding }) => `  ${finding.severity === 'violation' ? style.red('✖') : style.yellow('▲')} ${style.bold(finding.rule)} ${clean(finding.message)}`),
  ];
}

function inside({ program, entered }: ScopeModel, context: DetailContext): string[] {
  const tasks = [...program.calls.values()].filter((call) => call.scope === entered.scope && startsTask(call));
  const scopes = [...program.scopes.values()].filter((each) => each.entered.parent === entered.scope);
  const more = tasks.length - MOST_LISTED;
  return [
    ...(tasks.length === 0 ? [] : heading('Tasks that were started inside', context)),
    ...tasks.slice(0, MOST_LISTED).map((task) => `  ${tellTaskAndPlace(task, context.book)}  ${context.style.dim(shownState(task))}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...(scopes.length === 0 ? [] : heading('Scopes inside', context)),
    ...scopes.slice(0, MOST_LISTED).map((each) => `  ${clean(each.entered.name)}  ${context.style.dim(scopeState(each))}`),
  ];
}

function history(scope: ScopeModel, context: DetailContext): string[] {
  const { program, entered } = scope;
  const happened = context.session.history.find((each) => each.program === program && each.scope === entered.scope);
  return [...heading('What happened', context), ...timeline(happened, context)];
}

export function relatedToScope(key: string, session: SessionModel): Target | undefined {
  const scope = findScope(key, session);
  return scope === undefined ? undefined : { kind: 'task', key: taskKey(taskOf(scope.call)) };
}

