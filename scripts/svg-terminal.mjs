/** Draws terminals as SVG: lines of spans in a window. */

const FONT_SIZE = 14;
const CELL_WIDTH = 8.43;
const LINE_HEIGHT = 19;
const MARGIN = 20;
const BAR = 34;

const escape = (text) => text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]);

/** A part of a line; `at` is its first column, from 0. */
function span({ text, colour, bold, dim, inverse, at }) {
  const style = [
    inverse ? 'fill:#0d1117' : colour === undefined ? '' : `fill:${colour}`,
    bold ? 'font-weight:700' : '',
    dim ? 'opacity:.6' : '',
  ].filter(Boolean);
  const place = at === undefined ? '' : ` x="${(MARGIN + at * CELL_WIDTH).toFixed(1)}"`;
  if (style.length === 0 && place === '') return escape(text);
  return `<tspan${place}${style.length === 0 ? '' : ` style="${style.join(';')}"`}>${escape(text)}</tspan>`;
}

function bar({ text, colour, at }, y) {
  const x = (MARGIN + at * CELL_WIDTH).toFixed(1);
  return `<rect x="${x}" y="${y - LINE_HEIGHT + 5}" width="${(text.length * CELL_WIDTH).toFixed(1)}" height="${LINE_HEIGHT}" fill="${colour ?? '#e6edf3'}"/>`;
}

function drawFrame(lines, attributes) {
  const rows = lines.map((spans, index) => {
    const y = BAR + (index + 1) * LINE_HEIGHT - 5;
    const bars = spans.filter(({ inverse }) => inverse).map((one) => bar(one, y)).join('');
    return `${bars}<text x="${MARGIN}" y="${y}" xml:space="preserve">${spans.map(span).join('')}</text>`;
  });
  return `<g${attributes}>\n${rows.join('\n')}\n</g>`;
}

/**
 * @param frames - shown one after the other, each a list of lines, each a list of spans
 * @param secondsEach - how long each frame is shown
 */
export function drawTerminal(frames, { columns, title, secondsEach = 4 }) {
  const width = Math.ceil(columns * CELL_WIDTH + 2 * MARGIN);
  const height = BAR + Math.max(...frames.map((lines) => lines.length)) * LINE_HEIGHT + MARGIN;
  const lights = ['#ff5f57', '#febc2e', '#28c840'].map((colour, index) => `<circle cx="${MARGIN + index * 20}" cy="18" r="6" fill="${colour}"/>`);
  const share = 100 / frames.length;
  const style = frames.length === 1 ? '' : `<style>
.frame{opacity:0;animation:show ${frames.length * secondsEach}s step-end infinite}
@keyframes show{0%{opacity:1}${share.toFixed(2)}%{opacity:0}}
${frames.map((_, at) => `.frame:nth-of-type(${at + 1}){animation-delay:${(at - frames.length) * secondsEach}s}`).join('\n')}
@media (prefers-reduced-motion:reduce){.frame{animation:none}.frame:last-of-type{opacity:1}}
</style>`;
  const drawn = frames.map((lines) => drawFrame(lines, frames.length === 1 ? '' : ' class="frame"'));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>
${lights.join('')}${style}
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="${FONT_SIZE}" fill="#e6edf3">
${drawn.join('\n')}
</g>
</svg>
`;
}
