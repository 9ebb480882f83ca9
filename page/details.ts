/** All that is known of the selected task. */
import { make, makeButton } from './dom.ts';
import type { Model, Scope, Task } from './model.ts';
import { tellMs } from './words.ts';

const MOST = 12;

interface Ways {
  readonly go: (task: Task) => void;
  readonly open: (task: Task) => void;
}

export function createDetails(box: HTMLElement, { aborts }: Model, { go, open }: Ways): { readonly show: (task: Task | undefined) => void } {
  const link = (task: Task): HTMLElement => makeButton(task.label, () => go(task), { class: 'link' });
  const links = (tasks: readonly Task[]): (Node | string)[] => [
    ...tasks.slice(0, MOST).flatMap((task, at) => (at === 0 ? [link(task)] : [', ', link(task)])),
    ...(tasks.length > MOST ? [` and ${tasks.length - MOST} more`] : []),
  ];
  const show = (task: Task | undefined): void => {
    box.hidden = task === undefined;
    if (task === undefined) return;
    const list = make('dl');
    const add = (term: string, ...content: readonly (Node | string)[]): void => {
      if (content.length > 0) list.append(make('dt', {}, term), make('dd', {}, ...content));
    };
    add('where', ...(task.place === '' ? [] : [make('code', { class: 'file' }, task.place)]));
    add('time', tellTime(task));
    add('waits at', ...(task.suspended === '' ? [] : [make('code', { class: 'file' }, task.suspended)]));
    add('started by', ...links(pathOf(task)));
    add('started', ...links(task.children));
    add('joined by', ...links([...new Set(task.joins.map(({ by }) => by))]));
    add('scopes', ...task.scopes.slice(0, MOST).map((scope) => describeScope(scope, link)), ...(task.scopes.length > MOST ? [`and ${task.scopes.length - MOST} more`] : []));
    add('aborted', ...aborts.filter(({ tasks }) => tasks.includes(task)).slice(0, MOST).flatMap(({ at, by, reason }) => [
      make('div', {}, `at ${tellMs(at)}`, ...(by === undefined ? [] : [' by ', link(by)]), reason === '' ? '' : `: ${reason}`),
    ]));
    add('findings', ...task.findings.slice(0, MOST).map((finding) =>
      make('div', {}, make('a', { href: `#finding-${finding.index + 1}`, class: finding.severity }, finding.rule), ` ${finding.message}`),
    ));
    box.replaceChildren(
      make('h3', {}, task.label, task.inferred ? make('span', { class: 'dim' }, ' (inferred)') : ''),
      list, makeButton('Show in the task tree', () => open(task)),
    );
  };
  return { show };
}

/** From the nearest outwards. */
function pathOf(task: Task): Task[] {
  const path: Task[] = [];
  for (let at = task.spawner; at !== undefined && path.length <= MOST; at = at.spawner) path.push(at);
  return path;
}

function tellTime({ start, end, alive, vanished }: Task): string {
  if (vanished) return `from ${tellMs(start)}; it was collected while it waited`;
  return alive ? `from ${tellMs(start)}; alive when the recording ends` : `${tellMs(start)} to ${tellMs(end)}, ${tellMs(end - start)}`;
}

function describeScope({ name, kind, host, entered, until, isOpen, exitedBy, cancelled, enteredAt, exitedAt }: Scope, link: (task: Task) => Node): Node {
  const by = exitedBy === undefined || exitedBy === host ? [] : [' by ', link(exitedBy)];
  const places = [enteredAt, exitedAt].filter((place) => place !== '').map((place) => make('code', { class: 'file' }, place));
  return make('div', {},
    make('b', {}, name), ` ${kind}, ${tellMs(entered)} to `, isOpen ? 'the end, never exited' : tellMs(until), ...by,
    cancelled < 0 ? '' : `, cancelled at ${tellMs(cancelled)}`, ...places.flatMap((place) => [' ', place]),
  );
}
