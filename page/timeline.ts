/** The timeline: lanes that scroll, time that zooms, a task that is selected, by mouse and by keys. */
import { axisTop } from 'd3-axis';
import { select } from 'd3-selection';
import { readColours } from './colours.ts';
import { find, make } from './dom.ts';
import { drawScene } from './draw.ts';
import { addLegend } from './legend.ts';
import type { Finding, Model, Task } from './model.ts';
import { createSearch, listFilters } from './rows.ts';
import { ROW } from './scene.ts';
import { createTime } from './time.ts';
import { describeTask, tellMs } from './words.ts';

/** From here on, what findings speak of is shown first. */
const MANY_TASKS = 200;
const TALLEST = 560;
const PAGE_ROWS = 10;
const SUNK = 2;

export interface Timeline {
  readonly reveal: (task: Task) => void;
  readonly showFinding: (finding: Finding) => void;
  readonly repaint: () => void;
  readonly focus: () => void;
}

interface Ways {
  readonly select: (task: Task | undefined) => void;
  readonly open: (task: Task) => void;
}

export function createTimeline(model: Model, ways: Ways): Timeline {
  for (const id of ['tools', 'chart', 'keys', 'legend']) find(id).hidden = false;
  addLegend(find('legend'), model);
  const box = find('lanes');
  const canvas = make('canvas', { 'aria-hidden': 'true' });
  const space = make('div', { class: 'space' });
  const option = make('div', { role: 'option', id: 'lane', class: 'unseen', 'aria-selected': 'true' });
  box.append(canvas, space, option);
  const svg = select(find('axis')).append('svg').attr('height', 22);
  const ticks = svg.append('g');
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('the browser has no canvas');

  const filters = listFilters(model);
  const search = createSearch(model.tasks);
  const rowOf = new Int32Array(model.tasks.length).fill(-1);
  let rows: readonly Task[] = [];
  let selected: Task | undefined;
  let hovered: Task | undefined;
  let colours = readColours();
  let [width, height, gutter] = [0, 0, 0];
  let painting = 0;

  const filter = find('filter') as HTMLSelectElement;
  const query = find('search') as HTMLInputElement;
  for (const { id, title, rows: own } of filters) filter.append(make('option', { value: id }, `${title} (${own.length.toLocaleString('en')})`));
  filter.value = model.tasks.length > MANY_TASKS && filters.some(({ id }) => id === 'findings') ? 'findings' : 'all';
  let chosen = false;

  const paint = (): void => {
    painting = 0;
    const x = time.scale();
    drawScene({ context, width, height, gutter, x, scrollTop: box.scrollTop, rows, rowOf, selected, hovered, colours, model });
    ticks.attr('transform', 'translate(0,20)').call(axisTop<number>(x).ticks(Math.max(2, (width - gutter) / 110)).tickFormat((ms) => tellMs(ms)).tickSizeOuter(0));
  };
  const repaint = (): void => {
    painting ||= requestAnimationFrame(paint);
  };

  const time = createTime(box, model, (movedY) => {
    if (movedY !== 0) box.scrollTop -= movedY;
    repaint();
  });

  const measure = (): void => {
    width = box.clientWidth;
    gutter = Math.round(Math.min(260, Math.max(110, width * 0.24)));
    // Room for one more, so that the last lane is not cut.
    box.style.height = `${Math.min(TALLEST, Math.max(3, rows.length) * ROW + SUNK)}px`;
    height = box.clientHeight;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    space.style.height = `${Math.max(0, rows.length * ROW - height)}px`;
    svg.attr('width', width);
    time.resize(gutter, Math.max(gutter + 1, width - 10), height);
    repaint();
  };

  const list = (): void => {
    const words = query.value.trim();
    // A search looks everywhere unless somebody has said where.
    const among = filters.find(({ id }) => id === (words !== '' && !chosen ? 'all' : filter.value))?.rows ?? model.tasks;
    rows = search(words, among);
    rowOf.fill(-1);
    rows.forEach(({ key }, at) => (rowOf[key] = at));
    find('matches').textContent = rows.length === model.tasks.length ? '' : `${rows.length.toLocaleString('en')} of ${model.tasks.length.toLocaleString('en')} tasks`;
    measure();
  };
  const choose = (task: Task | undefined): void => {
    selected = task;
    const row = task === undefined ? -1 : (rowOf[task.key] ?? -1);
    if (task !== undefined && row >= 0) {
      box.setAttribute('aria-activedescendant', 'lane');
      option.setAttribute('aria-posinset', String(row + 1));
      option.setAttribute('aria-setsize', String(rows.length));
      option.textContent = describeTask(task);
      if (row * ROW < box.scrollTop) box.scrollTop = row * ROW;
      if ((row + 1) * ROW > box.scrollTop + height) box.scrollTop = (row + 1) * ROW - height;
    }
    ways.select(task);
    repaint();
  };
  const reveal = (task: Task): void => {
    if ((rowOf[task.key] ?? -1) < 0) {
      query.value = '';
      filter.value = 'all';
      list();
    }
    choose(task);
  };
  const showFinding = (finding: Finding): void => {
    if (finding.of === undefined) return;
    if (finding.involved.some(({ key }) => (rowOf[key] ?? -1) < 0)) {
      query.value = '';
      filter.value = filters.some(({ id }) => id === 'findings') ? 'findings' : 'all';
      list();
    }
    choose(finding.of);
    const lives = finding.involved.filter(({ spawner }) => spawner !== undefined).flatMap(({ start, end }) => [start, end]);
    const moments = [...lives, ...(finding.at < 0 ? [] : [finding.at])];
    if (moments.length > 0) time.show(Math.min(...moments), Math.max(...moments));
  };
  const at = (event: MouseEvent): Task | undefined => rows[Math.floor((event.clientY - box.getBoundingClientRect().top + box.scrollTop) / ROW)];

  const step = (by: number): void => {
    const from = selected === undefined ? -1 : (rowOf[selected.key] ?? -1);
    choose(rows[Math.max(0, Math.min(rows.length - 1, from + by))]);
  };
  const KEYS: Readonly<Record<string, () => void>> = {
    ArrowDown: () => step(1), ArrowUp: () => step(-1), PageDown: () => step(PAGE_ROWS), PageUp: () => step(-PAGE_ROWS),
    Home: () => step(-rows.length), End: () => step(rows.length),
    ArrowLeft: () => time.pan(0.15), ArrowRight: () => time.pan(-0.15),
    '+': () => time.zoom(1.6), '=': () => time.zoom(1.6), '-': () => time.zoom(1 / 1.6), '0': time.fit,
    f: () => selected !== undefined && time.show(selected.start, selected.end),
    Enter: () => selected !== undefined && ways.open(selected),
  };
  box.addEventListener('keydown', (event) => {
    const act = KEYS[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    query.focus();
  });
  query.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || rows[0] === undefined) return;
    choose(rows[0]);
    box.focus();
  });
  query.addEventListener('input', list);
  filter.addEventListener('change', () => {
    chosen = true;
    list();
  });
  find('zoom-in').addEventListener('click', () => time.zoom(1.6));
  find('zoom-out').addEventListener('click', () => time.zoom(1 / 1.6));
  find('fit').addEventListener('click', time.fit);
  box.addEventListener('scroll', repaint);
  box.addEventListener('click', (event) => choose(at(event)));
  box.addEventListener('dblclick', (event) => {
    const task = at(event);
    if (task !== undefined) time.show(task.start, task.end);
  });
  box.addEventListener('mousemove', (event) => {
    const task = at(event);
    if (task === hovered) return;
    hovered = task;
    box.title = task === undefined ? '' : describeTask(task);
    repaint();
  });
  box.addEventListener('mouseleave', () => {
    hovered = undefined;
    repaint();
  });
  new ResizeObserver(() => {
    if (box.clientWidth !== width) measure();
  }).observe(box);
  list();
  return { reveal, showFinding, repaint: () => { colours = readColours(); repaint(); }, focus: () => box.focus({ preventScroll: true }) };
}
