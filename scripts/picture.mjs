/**
 * `npm run picture`: draws README's pictures from real runs of the bundled example. `docs/summary.svg`: what scope-trace
 * prints on a terminal of 100 columns. `docs/live.svg`: the live view, as a terminal shows it.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import anser from 'anser';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { drawTerminal } from './svg-terminal.mjs';

const COLUMNS = 100;
const ROWS = 24;
const ANSI = ['#484f58', '#ff7b72', '#7ee787', '#e3b341', '#79c0ff', '#d2a8ff', '#76e3ea', '#e6edf3'];
const BRIGHT = ['#8b949e', '#ffa198', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#f0f6fc'];
const CLASSES = Object.fromEntries([
  ...['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'].map((name, at) => [`ansi-${name}`, ANSI[at]]),
  ['ansi-bright-black', BRIGHT[0]],
]);
const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/src/cli.js');
const program = 'examples/agent/broken.mjs';

function printedByRun() {
  const env = { ...process.env, FORCE_COLOR: '1', COLUMNS: String(COLUMNS) };
  delete env.NO_COLOR;
  const done = spawnSync(process.execPath, [cli, '--', 'node', program], { cwd: root, env, encoding: 'utf8' });
  if (done.status !== 66) throw new Error(`The example ended with ${done.status}:\n${done.stderr}`);
  return `\u001b[2m$\u001b[22m scope-trace -- node ${program}\n${done.stdout}${done.stderr}`;
}

function spansOf(line) {
  return anser.ansiToJson(line, { use_classes: true, remove_empty: true }).map(({ content, fg, decorations }) => ({
    text: content, colour: CLASSES[fg], bold: decorations.includes('bold'), dim: decorations.includes('dim'),
  }));
}

/** A terminal with the command in it. */
function open(args) {
  const screen = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  const env = { ...process.env, TERM: 'xterm-256color' };
  for (const name of ['CI', 'NO_COLOR', 'FORCE_COLOR']) delete env[name];
  const process_ = pty.spawn(process.execPath, [cli, ...args], { cols: COLUMNS, rows: ROWS, cwd: root, env });
  let changed = () => undefined;
  process_.onData((text) => screen.write(text, () => changed()));
  const text = () => Array.from({ length: ROWS }, (_, row) => screen.buffer.active.getLine(screen.buffer.active.baseY + row).translateToString(true)).join('\n');
  return {
    type: (keys) => process_.write(keys),
    ended: new Promise((resolve) => process_.onExit(resolve)),
    /** The lines of the screen, once it shows the text. */
    shows: async (wanted) => {
      while (!wanted.test(text())) await new Promise((resolve) => (changed = resolve));
      return Array.from({ length: ROWS }, (_, row) => readLine(screen.buffer.active.getLine(screen.buffer.active.baseY + row)));
    },
  };
}

/** Spans of equal looks. */
function readLine(line) {
  const spans = [];
  for (let at = 0; at < COLUMNS; at++) {
    const cell = line.getCell(at);
    const looks = { colour: colourOf(cell), bold: cell.isBold() !== 0, dim: cell.isDim() !== 0, inverse: cell.isInverse() !== 0 };
    const last = spans.at(-1);
    const text = cell.getChars() || ' ';
    if (last !== undefined && Object.entries(looks).every(([key, value]) => last[key] === value)) last.text += text;
    else spans.push({ ...looks, text, at });
  }
  const end = spans.at(-1);
  if (end !== undefined && !end.inverse) end.text = end.text.trimEnd();
  return spans.filter(({ text }) => text !== '');
}

function colourOf(cell) {
  if (cell.isFgDefault()) return undefined;
  if (cell.isFgRGB()) return `#${cell.getFgColor().toString(16).padStart(6, '0')}`;
  const colour = cell.getFgColor();
  if (colour < 16) return (colour < 8 ? ANSI : BRIGHT)[colour % 8];
  return undefined;
}

/** How it looks while the example runs, and then, of the recording, its tasks and its worst finding. */
async function liveFrames() {
  const folder = await mkdtemp(join(tmpdir(), 'picture-'));
  try {
    const recording = join(folder, 'recording');
    const run = open(['--trace', recording, '--', 'node', program]);
    const running = await run.shows(/OBSERVATION[^]*[1-9]\d* tasks? /);
    await run.ended;
    const view = open(['view', recording]);
    await view.shows(/Tasks/);
    // To the end of the recording.
    view.type('$');
    const tasks = await view.shows(/CLOSING/);
    view.type('3');
    await view.shows(/cross-task-exit/);
    view.type('/cross');
    await view.shows(/1\/1/);
    view.type('\r');
    view.type('\r');
    const finding = await view.shows(/exited here/);
    view.type('q');
    await view.ended;
    return [running, tasks, finding];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await mkdir(join(root, 'docs'), { recursive: true });
const lines = printedByRun().replace(/\n+$/, '').split('\n').map(spansOf);
await writeFile(join(root, 'docs', 'summary.svg'), drawTerminal([lines], { columns: COLUMNS, title: 'What scope-trace prints about the bundled example' }));
console.log('picture: docs/summary.svg written');
await writeFile(join(root, 'docs', 'live.svg'), drawTerminal(await liveFrames(), { columns: COLUMNS, title: 'The live view of the bundled example' }));
console.log('picture: docs/live.svg written');
