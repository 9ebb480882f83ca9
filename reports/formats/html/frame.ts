/** A few lines of source, with the place marked. */
import type { FindingPlace } from '../../finding.ts';
import type { Excerpt, Place } from '../../sources.ts';
import { locate } from '../located.ts';
import type { FormatOptions } from '../style.ts';
import { html, nothing, type Markup } from './markup.ts';

/** Nobody reads on; a bundle's lines are as long as the bundle. */
const LONGEST_LINE = 400;
/** Of a longer line this much stays visible before the place. */
const LEAD = 60;

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
  const rows = lines.map((text, at) => {
    const line = firstLine + at;
    const here = line === place.line;
    const code = here ? markPlace(text, indent, place.column - 1) : html`${clip(text.slice(indent))}`;
    return html`<span class="${here ? 'line here' : 'line'}"><span class="number">${line}</span><code>${code}</code></span>`;
  });
  return html`<pre tabindex="0" aria-label="source around line ${place.line}">${rows}</pre>`;
}

/** The line, with the word at the place marked. */
function markPlace(text: string, indent: number, column: number): Markup {
  const from = column - indent > LONGEST_LINE - LEAD ? column - LEAD : indent;
  const start = Math.max(from, column);
  const word = /^(?:[\w$#]+|.)/su.exec(text.slice(start))?.[0] ?? '';
  const before = `${from > indent ? '…' : ''}${text.slice(from, start)}`;
  return html`${before}<mark>${clip(word)}</mark>${clip(text.slice(start + word.length))}`;
}

function clip(text: string): string {
  return text.length <= LONGEST_LINE ? text : `${text.slice(0, LONGEST_LINE).replace(/[\ud800-\udbff]$/, '')}…`;
}
