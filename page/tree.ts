/** The task tree: a level is made when it is opened, so that any number of tasks can stand in it. */
import { make, makeButton } from './dom.ts';
import type { Model, Program, Task } from './model.ts';
import { MARKS, tellMs, worstOf } from './words.ts';

/** Of more on one level, the rest comes when asked for. */
const AT_ONCE = 100;
/** Paths to findings that are open from the start. */
const MOST_OPENED = 20;
const DEEPEST_OPENED = 30;

export function createTree(root: HTMLElement, { programs, findings }: Model, show: (task: Task) => void): { readonly reveal: (task: Task) => void } {
  const items = new Map<Task | Program, HTMLElement>();
  const fill = (list: HTMLElement, tasks: readonly Task[], level: number, from = 0): void => {
    for (const [at, task] of tasks.slice(from, from + AT_ONCE).entries()) {
      if (!items.has(task)) list.append(makeItem(task, level, from + at + 1, tasks.length));
    }
    const left = tasks.length - from - AT_ONCE;
    if (left <= 0) return;
    const more = make('li', { role: 'none' }, makeButton(`${Math.min(left, AT_ONCE)} of ${left} more`, () => {
      more.remove();
      fill(list, tasks, level, from + AT_ONCE);
      items.get(tasks[from + AT_ONCE] as Task)?.focus();
    }));
    list.append(more);
  };
  const makeItem = (task: Task, level: number, at: number, of: number): HTMLElement => {
    const item = make('li', { role: 'treeitem', tabindex: -1, 'aria-level': level, 'aria-posinset': at, 'aria-setsize': of, 'aria-expanded': task.children.length > 0 ? 'false' : undefined }, describe(task));
    items.set(task, item);
    behave(item, task, level);
    return item;
  };
  const expand = (item: HTMLElement, task: Task, level: number): void => {
    if (item.getAttribute('aria-expanded') !== 'false') return;
    item.setAttribute('aria-expanded', 'true');
    const group = item.querySelector<HTMLElement>(':scope > ul');
    if (group !== null) group.hidden = false;
    else {
      const list = make('ul', { role: 'group' });
      fill(list, task.children, level + 1);
      item.append(list);
    }
  };
  const collapse = (item: HTMLElement): void => {
    item.setAttribute('aria-expanded', 'false');
    const group = item.querySelector<HTMLElement>(':scope > ul');
    if (group !== null) group.hidden = true;
  };
  const behave = (item: HTMLElement, task: Task, level: number): void => {
    item.addEventListener('click', (event) => {
      if ((event.target as Element).closest('[role=treeitem]') !== item || event.target instanceof HTMLButtonElement) return;
      focus(item);
      if (item.getAttribute('aria-expanded') === 'true') collapse(item);
      else expand(item, task, level);
    });
    item.addEventListener('keydown', (event) => {
      if (event.target !== item) return;
      if (event.key === 'Enter') show(task);
      else if (event.key === 'ArrowRight' && item.getAttribute('aria-expanded') === 'true') focus(item.querySelector('[role=treeitem]'));
      else if (event.key === 'ArrowRight') expand(item, task, level);
      else if (event.key === 'ArrowLeft' && item.getAttribute('aria-expanded') === 'true') collapse(item);
      else if (event.key === 'ArrowLeft') focus(item.parentElement?.closest('[role=treeitem]') ?? null);
      else return;
      event.preventDefault();
    });
    item.querySelector('button')?.addEventListener('click', () => show(task));
  };
  const focus = (item: Element | null): void => {
    if (!(item instanceof HTMLElement)) return;
    for (const other of root.querySelectorAll('[tabindex="0"]')) other.setAttribute('tabindex', '-1');
    item.tabIndex = 0;
    item.focus();
  };
  root.addEventListener('keydown', (event) => {
    const shown = [...root.querySelectorAll<HTMLElement>('[role=treeitem]')].filter((item) => item.offsetParent !== null);
    const at = shown.indexOf(event.target as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (next === undefined || at < 0) return;
    event.preventDefault();
    focus(shown[next] ?? null);
  });
  const open = (task: Task): void => {
    const path: Task[] = [];
    for (let at = task.spawner; at !== undefined; at = at.spawner) path.unshift(at);
    for (const [above, step] of path.entries()) {
      makeShown(step);
      const item = items.get(step);
      if (item !== undefined) expand(item, step, above + 1);
    }
    makeShown(task);
  };
  /** A task behind those that a level shows at once gets its place in it. */
  const makeShown = (task: Task): void => {
    if (items.has(task)) return;
    const siblings = task.spawner?.children ?? task.program.roots;
    const list = task.spawner === undefined ? root : items.get(task.spawner)?.querySelector<HTMLElement>(':scope > ul');
    const level = Number(items.get(task.spawner ?? task)?.getAttribute('aria-level') ?? 0) + 1;
    list?.prepend(makeItem(task, level, siblings.indexOf(task) + 1, siblings.length));
  };
  for (const program of programs) {
    if (programs.length > 1) root.append(make('p', { class: 'program', role: 'presentation' }, program.name));
    fill(root, program.roots, 1);
  }
  for (const { of } of findings.slice(0, MOST_OPENED)) if (of !== undefined && of.depth <= DEEPEST_OPENED) open(of);
  const [first] = programs[0]?.roots ?? [];
  const top = first === undefined ? undefined : items.get(first);
  if (top !== undefined && first !== undefined) {
    top.tabIndex = 0;
    expand(top, first, 1);
  }
  return {
    reveal: (task) => {
      open(task);
      const item = items.get(task);
      item?.scrollIntoView({ block: 'center' });
      focus(item ?? null);
    },
  };
}

function describe(task: Task): HTMLElement {
  const { label, place, start, end, alive, scopes, children } = task;
  const worst = worstOf(task);
  return make('span', { class: 'row' },
    make('span', { class: 'twist', 'aria-hidden': 'true' }, children.length > 0 ? '▸' : ''),
    ...(worst === undefined ? [] : [make('span', { class: `mark ${worst.severity}`, title: worst.rule, role: 'img', 'aria-label': worst.rule }, MARKS[worst.severity])]),
    make('b', {}, label), ' ',
    make('code', { class: 'file' }, place), ' ',
    make('span', { class: 'dim' }, alive ? `from ${tellMs(start)}, alive at the end` : tellMs(end - start),
      scopes.length === 0 ? '' : ` · ${scopes.slice(0, 2).map(({ name }) => name).join(', ')}${scopes.length > 2 ? ` and ${scopes.length - 2} more scopes` : ''}`,
      children.length === 0 ? '' : ` · ${children.length.toLocaleString('en')} below`),
    ' ', make('button', { type: 'button', tabindex: -1, class: 'small', 'aria-label': `Show ${label} in the timeline` }, 'timeline'),
  );
}
