/**
 * `npm run picture`: draws docs/summary.svg, README's picture, from a real run of the bundled
 * example: what scope-trace prints on a terminal of 100 columns.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import anser from 'anser';

const COLUMNS = 100;
const FONT_SIZE = 14;
const CELL_WIDTH = 8.43;
const LINE_HEIGHT = 19;
const MARGIN = 20;
const BAR = 34;
const COLOURS = {
  'ansi-red': '#ff7b72', 'ansi-green': '#7ee787', 'ansi-yellow': '#e3b341', 'ansi-blue': '#79c0ff',
  'ansi-magenta': '#d2a8ff', 'ansi-cyan': '#76e3ea', 'ansi-white': '#e6edf3', 'ansi-bright-black': '#8b949e',
};
const root = fileURLToPath(new URL('..', import.meta.url));
const program = 'examples/agent/broken.mjs';

function run() {
  const env = { ...process.env, FORCE_COLOR: '1', COLUMNS: String(COLUMNS), NO_COLOR: undefined };
  delete env.NO_COLOR;
  const done = spawnSync(process.execPath, [join(root, 'dist/src/cli.js'), '--', 'node', program], { cwd: root, env, encoding: 'utf8' });
  if (done.status !== 66) throw new Error(`The example ended with ${done.status}:\n${done.stderr}`);
  return done.stdout + done.stderr;
}

const escape = (text) => text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]);

function span({ content, fg, decorations }) {
  const style = [
    COLOURS[fg] === undefined ? '' : `fill:${COLOURS[fg]}`,
    decorations.includes('bold') ? 'font-weight:700' : '',
    decorations.includes('dim') ? 'opacity:.6' : '',
  ].filter(Boolean);
  return style.length === 0 ? escape(content) : `<tspan style="${style.join(';')}">${escape(content)}</tspan>`;
}

function draw(text) {
  const lines = [`\u001b[2m$\u001b[22m scope-trace -- node ${program}`, ...text.replace(/\n+$/, '').split('\n')];
  const width = Math.ceil(COLUMNS * CELL_WIDTH + 2 * MARGIN);
  const height = BAR + lines.length * LINE_HEIGHT + MARGIN;
  const rows = lines.map((line, index) => {
    const spans = anser.ansiToJson(line, { use_classes: true, remove_empty: true }).map(span).join('');
    return `<text x="${MARGIN}" y="${BAR + (index + 1) * LINE_HEIGHT - 5}" xml:space="preserve">${spans}</text>`;
  });
  const lights = ['#ff5f57', '#febc2e', '#28c840'].map((colour, index) => `<circle cx="${MARGIN + index * 20}" cy="18" r="6" fill="${colour}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="What scope-trace prints about the bundled example">
<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>
${lights.join('')}
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="${FONT_SIZE}" fill="#e6edf3">
${rows.join('\n')}
</g>
</svg>
`;
}

await mkdir(join(root, 'docs'), { recursive: true });
await writeFile(join(root, 'docs', 'summary.svg'), draw(run()));
console.log('picture: docs/summary.svg written');
