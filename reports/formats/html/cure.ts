/** The cure of a finding: the code as it stands, and as it should be, side by side. */
import { REMEDIES, type Cure } from '../../cures/cure.ts';
import { clip } from './frame.ts';
import { html, nothing, type Markup } from './markup.ts';

/** @param id of the finding's element: its parts are named by it */
export function writeCure(cure: Cure | undefined, id: string): Markup {
  if (cure === undefined) return nothing;
  const { remedy, before, after, note, outline } = cure;
  const how = outline === true ? 'In outline' : 'As it should be';
  const caption = remedy === undefined ? html`${how}` : html`${how}, with <code>${remedy}</code> of <code>${REMEDIES}</code>`;
  return html`<div class="cure">
${writeCode('before', '−', before, html`As it stands`, id)}${writeCode('after', '+', after, caption, id)}</div>
${note === undefined ? nothing : html`<p class="cure-note">${note}</p>
`}`;
}

/** The sign of a line is for the eye: not read out, and not copied. */
function writeCode(kind: 'before' | 'after', sign: string, code: string, title: Markup, id: string): Markup {
  const name = `${id}-${kind}`;
  const rows = code.split('\n').map((line) => html`<span class="line"><span class="sign" aria-hidden="true">${sign}</span><code>${clip(line)}</code></span>`);
  return html`<figure class="${kind}"><figcaption id="${name}">${title}</figcaption><pre tabindex="0" role="group" aria-labelledby="${name}">${rows}</pre></figure>
`;
}
