import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import type { Ending } from '../../../src/exit-codes.ts';
import { loadPseudoTerminals } from '../../../src/view/host/pseudo-terminal.ts';
import type { HostedProgram } from '../../../src/view/host/pseudo-terminal.ts';
import { CLI, emptyFolder, put } from '../../support/command.ts';
import { Emulator } from '../../support/emulator.ts';
import { nodeLines } from '../../support/node-lines.ts';

const SIZE = { columns: 80, rows: 24 };

interface Run {
  readonly emulator: Emulator;
  readonly types: (keys: string) => void;
  readonly resize: HostedProgram['resize'];
  readonly ended: Promise<Ending>;
}

/** Runs the command in a terminal, as a person would. */
async function runInTerminal(args: readonly string[], changes: NodeJS.ProcessEnv = {}, size = SIZE): Promise<Run> {
  const start = await loadPseudoTerminals();
  if (start === undefined) throw new Error('no pseudo-terminals here');
  const emulator = new Emulator(size);
  const environment = { ...process.env, TERM: 'xterm-256color', CI: undefined, NO_COLOR: undefined, FORCE_COLOR: undefined, ...changes };
  for (const [name, value] of Object.entries(environment)) if (value === undefined) Reflect.deleteProperty(environment, name);
  const program = start({
    command: [process.execPath, CLI, ...args],
    environment,
    size,
    written: (bytes) => { emulator.write(bytes); },
  });
  onTestFinished(() => void program.kill('SIGKILL'));
  return {
    emulator,
    types: (keys) => { program.type(Buffer.from(keys)); },
    resize: (size) => {
      emulator.resize(size);
      program.resize(size);
    },
    ended: program.ended,
  };
}

const TALKS = `
const { stdin, stdout, stderr } = process;
console.log([stdin, stdout, stderr].map(({ isTTY }) => isTTY).join(), stdout.columns, stdout.rows);
stdout.on('resize', () => console.log('resized', stdout.columns, stdout.rows));
process.once('SIGINT', () => console.log('interrupted'));
for (let line = 1; line <= 30; line++) console.error('line ' + line);
stdout.write('name? ');
stdin.once('data', (name) => { console.log('hello ' + name); process.exitCode = 3; stdin.pause(); });
`;

test('a program has a terminal of its own above the view, and the user has it back at the end', async () => {
  const program = put(emptyFolder(), 'talks.mjs', TALKS);
  const { emulator, types, resize, ended } = await runInTerminal(['--', process.execPath, program]);
  await emulator.shows('name?');
  await emulator.shows('Ctrl-]');
  resize({ columns: 100, rows: 30 });
  await emulator.shows('resized 100 27');
  types('\x03');
  await emulator.shows('interrupted');
  types('Ann\r');
  expect(await ended).toEqual({ code: 3, signal: null });
  await emulator.shows('no findings');
  const lines = await emulator.lines();
  expect(lines[0]).toBe('true,true,true 80 21');
  expect(lines.filter((line) => line.startsWith('line'))).toEqual(Array.from({ length: 30 }, (_, line) => `line ${line + 1}`));
  expect(lines.join('\n')).toMatch(/name\? resized 100 27\n\^Cinterrupted\nAnn\nhello Ann\n/);
  expect(lines.join('\n')).not.toContain('Ctrl-]');
});

test('a program that is to have the terminal for itself has it', async () => {
  const program = put(emptyFolder(), 'size.mjs', "console.log('rows', process.stdout.rows)");
  const ways: [string[], NodeJS.ProcessEnv][] = [[['--no-view'], {}], [[], { TERM: 'dumb' }], [[], { CI: 'true' }], [['--quiet'], {}]];
  await Promise.all(ways.map(async ([options, environment]) => {
    const { emulator, ended } = await runInTerminal([...options, '--', process.execPath, program], environment);
    expect(await ended).toEqual({ code: 0, signal: null });
    expect((await emulator.lines())[0]).toBe('rows 24');
  }));
});

test('a command that is not there is told as ever, and a signal is passed on', async () => {
  const missing = await runInTerminal(['--', 'no-such-command']);
  expect(await missing.ended).toEqual({ code: 127, signal: null });
  await missing.emulator.shows('was not found');
  const script = put(emptyFolder(), 'script', '#!/no/such/interpreter\n');
  chmodSync(script, 0o755);
  const unusable = await runInTerminal(['--', script]);
  expect(await unusable.ended).toEqual({ code: 126, signal: null });
  await unusable.emulator.shows('interpreter');
  const killed = await runInTerminal(['--', process.execPath, '-e', "console.log('here'); process.kill(process.pid, 'SIGTERM')"]);
  expect(await killed.ended).toEqual({ code: 143, signal: null });
});

const STRANGERS = `
import { channel } from 'node:diagnostics_channel';
const [entered, exited] = ['enter', 'exit'].map((what) => channel('scope-trace:scope:' + what));
const scope = {};
async function open() { await null; entered.publish({ scope, name: 'session' }); }
async function close() { await null; exited.publish({ scope }); }
setTimeout(() => void open());
setTimeout(() => void close(), 20);
process.stdin.once('data', () => process.stdin.pause());
`;

test('a finding that is marked in the view is in the baseline, and the run does not fail for it', async () => {
  const folder = emptyFolder();
  const program = put(folder, 'strangers.mjs', STRANGERS);
  const baseline = put(folder, 'known.json', '{"baselineVersion":1,"findings":[]}');
  const { emulator, types, ended } = await runInTerminal(['--baseline', baseline, '--', process.execPath, program]);
  await emulator.shows('✖ cross-task-exit');
  types('\x1d');
  await emulator.shows('1 Tasks');
  types('3m');
  await emulator.shows('m again writes it into');
  types('m');
  await emulator.shows('✓ known');
  types('q');
  await emulator.shows('Ctrl-]');
  types('\r');
  expect(await ended).toEqual({ code: 0, signal: null });
  await emulator.shows('baseline left out');
  expect(JSON.parse(readFileSync(baseline, 'utf8'))).toMatchObject({ findings: [{ rule: 'cross-task-exit' }] });
});

test('what a program has written last is told of, also when nobody was ready to read it', async () => {
  const start = await loadPseudoTerminals();
  if (start === undefined) throw new Error('no pseudo-terminals here');
  let heard = '';
  const program = start({
    command: [process.execPath, '-e', "process.stdout.write('first'); process.stdin.once('data', () => { process.stdout.write('x'.repeat(3000) + 'last'); process.exit(); })"],
    environment: process.env,
    size: SIZE,
    written: (bytes) => {
      if (heard === '') {
        program.pause();
        program.type(Buffer.from('\r'));
      }
      heard += Buffer.from(bytes).toString();
    },
  });
  expect(await program.ended).toEqual({ code: 0, signal: null });
  expect(heard).toMatch(/^first[^]*x{3000}last$/);
});

const RULES = [
  'cross-task-exit', 'abandoned-generator', 'cross-task-generator', 'race-loser', 'ignored-cancellation', 'unclosed-scope',
  'unfinished-at-exit', 'residual-cancellation', 'context-leak', 'swallowed-cancellation', 'leaked-task', 'microtask-starvation',
];

test('all scenarios in one session: what went wrong in each is seen, and where', async () => {
  const line = nodeLines.find(({ name }) => name === '24');
  if (line === undefined) throw new Error('Node 24 is missing');
  const scenarios = readdirSync('examples/scenarios', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const script = [...scenarios.map(({ name }) => `"${line.path}" examples/scenarios/${name}/broken.mjs`), 'echo all ran', 'read x'].join('\n');
  const { emulator, types, ended } = await runInTerminal(['--abort-grace', '100', '--block-after', '300', '--', 'sh', '-c', script], {}, { columns: 150, rows: 30 });
  await emulator.shows('all ran');
  types('\x1d');
  await emulator.shows('10 programs');
  for (const { name } of scenarios) await emulator.shows(`node ${name}/broken.mjs`);
  types('3');
  for (const rule of RULES) await emulator.shows(` ${rule} `);
  await emulator.shows('✖ 4 ▲ 8');
  types('/cached\r');
  await emulator.shows('1/1 of 12');
  types('\r');
  await emulator.shows('exited by   main › HTTP request');
  await emulator.shows('> 17 │   close: () => resources.disposeAsync()');
  types('q');
  await emulator.shows('Ctrl-]');
  types('\r');
  expect(await ended).toEqual({ code: 66, signal: null });
  await emulator.shows('12 findings');
});

const SERVER = `
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
async function lookUp(url) { await sleep(url === '/slow' ? 100_000 : 2); return url; }
async function answer(request, response) { response.end(await lookUp(request.url)); }
const server = createServer((request, response) => { void answer(request, response); }).listen(0, () => {
  const get = (path) => fetch('http://localhost:' + server.address().port + path).then((response) => response.text(), () => '');
  const client = async () => { for (;;) await get('/item'); };
  void get('/slow');
  for (let n = 0; n < 8; n++) void client();
  console.log('listening');
});
process.stdin.once('data', () => process.exit());
`;

test('a server under load: requests by their lines, those that are served, and what one of them waits for', async () => {
  const program = put(emptyFolder(), 'server.mjs', SERVER);
  const { emulator, types, ended } = await runInTerminal(['--', process.execPath, program], {}, { columns: 120, rows: 30 });
  await emulator.shows('listening');
  types('\x1d');
  await emulator.shows('GET /item');
  types('/slow\r');
  await emulator.shows('serving');
  types('\x1b');
  types('/answer\r');
  await emulator.shows('/answer · 1/');
  await emulator.shows('timer at ');
  types('2');
  await emulator.shows('GET /slow  (request)');
  types('q');
  await emulator.shows('Ctrl-]');
  types('\r');
  expect(await ended).toEqual({ code: 0, signal: null });
});
