/** The await graph of the last dump: who waits for what, and whether anything can still settle it. */
import { count } from '../../describe/words.ts';
import type { Timeline, TimelineWait, TimelineWaiter } from '../../timeline/model.ts';
import { tellPlace } from '../located.ts';
import type { FormatOptions } from '../style.ts';
import { html, nothing, type Markup } from './markup.ts';

/** Lines of a waiter that are shown: its own, and who waits for it. */
const MOST_LINES = 6;

export function writeWaits({ programs }: Timeline, options: FormatOptions): Markup {
  const dumped = programs.filter(({ waits }) => waits !== undefined);
  if (dumped.length === 0) return nothing;
  return html`<section id="waits" aria-labelledby="waits-title">
<h2 id="waits-title">Await graph</h2>
<p class="note">What the last dump found of promises that tasks wait for.</p>
${dumped.map(({ name, waits = [] }) => html`${dumped.length < 2 ? nothing : html`<h3>${name}</h3>
`}${waits.length === 0 ? html`<p>Nothing waits in vain.</p>` : waits.map((wait) => writeWait(wait, options))}`)}</section>
`;
}

function writeWait(wait: TimelineWait, options: FormatOptions): Markup {
  const { certain, circular, waiters, waiting } = wait;
  const more = waiting > waiters.length ? html`<p class="note">${count(waiting - waiters.length, 'more task')} waits for the same.</p>` : nothing;
  return html`<article class="wait ${certain ? 'certain' : ''}">
<h4>${certain ? '✖ ' : ''}${tellOutcome(wait)}</h4>
<ol class="${circular ? 'circle' : 'waiters'}">
${waiters.map((waiter, at) => writeWaiter(waiter, circular ? waiters[(at + 1) % waiters.length] : undefined, options))}</ol>
${more}</article>
`;
}

function tellOutcome({ outcome, circular, held, by }: TimelineWait): string {
  const what = held === undefined ? '' : ` (${held})`;
  if (outcome === 'deadlock') return circular ? `Deadlock: each waits for what only the next one could do${what}` : `Deadlock: whoever could settle it waits for it${what}`;
  if (outcome === 'never') return `Nothing can settle this${what}`;
  return `Only ${by ?? 'other code'} can settle this${what}`;
}

/** Its task, as everywhere else in the report; its function where the tracker did not follow it. */
function nameOf({ name, label }: TimelineWaiter): string {
  return label === undefined || label === name ? name : `${label}, in ${name}`;
}

function writeWaiter(waiter: TimelineWaiter, next: TimelineWaiter | undefined, options: FormatOptions): Markup {
  const { stack, held } = waiter;
  const own = stack.filter(({ library, internal }) => !library && !internal);
  const lines = (own.length === 0 ? stack : own).slice(0, MOST_LINES).map((place) => html`<li><code class="file">${tellPlace(place, options)}</code></li>`);
  const edge = next === undefined ? nothing : html`<p class="edge"><span aria-hidden="true">↓</span> waits for ${held ?? 'the end'}${held === undefined ? ' of ' : ', which only '}<b>${next.label ?? next.name}</b>${held === undefined ? '' : ' could release'}</p>`;
  return html`<li><b>${nameOf(waiter)}</b>${lines.length === 0 ? nothing : html`<ol class="stack">${lines}</ol>`}${edge}</li>
`;
}
