/** A few lines of source, with the place marked. */
import type { FindingPlace } from '../../finding.ts';
import type { Excerpt, Place } from '../../sources.ts';
import { locate } from '../located.ts';
import type { FormatOptions } from '../style.ts';
import { html, nothing, type Markup } from './markup.ts';

/** Nobody reads on; a bundle's lines are as long as the bundle. */
const LONGEST_LINE = 400;
/** Columns that are seen without scrolling; of a place further on, this much before it. */
const SEEN = 48;
const LEAD = 24;

export function writePlace({ label, task, place, excerpt }: FindingPlace, options: FormatOptions): Markup {
  if (place === undefined) {
    return html`<figure class="frame"><figcaption><b>${label}</b> <span class="dim">by ${task.label}, place not recorded</span></figcaption></figure>`;
  }
  const name = place.function === undefined ? nothing : html` <span class="dim">in</span> <code>${place.function}</code>`;
  return html`<figure class="frame"><figcaption><b>${label}</b> <span class="dim">by ${task.label}</span><br><code class="file">${tellFile(place, options)}</code>${name}</figcaption>${
    excerpt === undefined ? html`<p class="dim">The source could not be read.</p>` : writeExcerpt(place, excerpt)
  }</figure>
`;
}

/** `<evaluated code>` has no place in a repository. */
function tellFile({ file, line, column }: Place, options: FormatOptions): string {
  return `${file.startsWith('<') ? file : locate(file, options)}:${line}:${column}`;
}

function writeExcerpt(place: Place, { firstLine, lines }: Excerpt): Markup {
  const indents = lines.filter((text) => text.trim() !== '').map((text) => text.length - text.trimStart().length);
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  const column = place.column - 1;
  const from = column - indent > SEEN ? column - LEAD : indent;
  const rows = lines.map((text, at) => {
    const line = firstLine + at;
    const here = line === place.line;
    const shown = `${text.slice(indent, from).trim() === '' ? '' : '…'}${text.slice(from)}`;
    const code = here ? markPlace(shown, column - text.length + shown.length) : html`${clip(shown)}`;
    return html`<span class="${here ? 'line here' : 'line'}"><span class="number">${line}</span><code>${code}</code></span>`;
  });
  return html`<pre tabindex="0" aria-label="source around line ${place.line}">${rows}</pre>`;
}

/** The line, with the word at the place marked. */
function markPlace(text: string, column: number): Markup {
  const start = Math.max(0, column);
  const word = /^(?:[\w$#]+|.)/su.exec(text.slice(start))?.[0] ?? '';
  return html`${text.slice(0, start)}<mark>${clip(word)}</mark>${clip(text.slice(start + word.length))}`;
}

/** Cut where nobody reads on, and never inside a character. */
export function clip(text: string): string {
  return text.length <= LONGEST_LINE ? text : `${text.slice(0, LONGEST_LINE).replace(/[\ud800-\udbff]$/, '')}…`;
}
