/**
 * `npm run example-reports`: runs the bundled agent, keeps its recording in `examples/reports/recording`, and writes that run down in
 * every format. What differs from machine to machine (paths, process ids, the date) is made the same; times are those of the run.
 * With `--keep`, the recording that is there is written down again. With `--check`, writes nothing: succeeds when the formats make of the kept recording what is there, and a fresh run finds the same.
 */
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { checkSession, createReport, createTimeline, formats } from '../dist/reports/index.js';
import { readRecording } from '../dist/src/recording.js';
import { toolOptions } from '../dist/src/report-files.js';
import { createSources } from '../dist/src/sources.js';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const folder = join(root, 'examples', 'reports');
const kept = join(folder, 'recording');
const program = 'examples/agent/broken.mjs';
/** Stands for the repository, wherever it is. */
const REPOSITORY = '/repository';
const [PID, ID] = [4711, '4711-0-example'];
/** When the run is said to have begun. */
const BEGAN = Date.UTC(2026, 0, 1, 12);
const NAMES = {
  json: 'report.json', html: 'report.html', sarif: 'report.sarif', markdown: 'comment.md', junit: 'junit.xml', gitlab: 'gitlab.json', perfetto: 'perfetto.json',
};

/** Traces the example into a folder. */
function run(into) {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/src/cli.js'), '--no-view', '--fail-on', 'never', '--trace', into, '--', 'node', program], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The example ended with ${status}:\n${stderr}`);
}

/** Replaces the recording that is kept by a fresh one. */
async function record() {
  const work = await mkdtemp(join(tmpdir(), 'example-'));
  try {
    run(work);
    await rm(kept, { recursive: true, force: true });
    await mkdir(kept, { recursive: true });
    const [name] = (await readdir(work)).filter((file) => file.endsWith('.jsonl'));
    const lines = (await readFile(join(work, name), 'utf8')).trimEnd().split('\n').map(makeEqual);
    await writeFile(join(kept, `${ID}.jsonl`), `${lines.join('\n')}\n`);
    const manifest = JSON.parse(await readFile(join(work, 'session.json'), 'utf8'));
    await writeFile(join(kept, 'session.json'), `${JSON.stringify({ ...manifest, cwd: REPOSITORY, startedAtEpochMs: BEGAN }, null, 2)}\n`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A line without this machine in it. Installed packages may be linked from elsewhere. */
function makeEqual(line) {
  const value = JSON.parse(line.replaceAll(root, REPOSITORY).replaceAll(/file:\/\/\/[^"]*?\/node_modules\//g, `file://${REPOSITORY}/node_modules/`));
  if (value.kind !== 'program-started') return JSON.stringify(value);
  const argv = ['/usr/bin/node', ...value.argv.slice(1)];
  return JSON.stringify({ ...value, program: ID, pid: PID, ppid: PID - 1, argv, startedAtEpochMs: BEGAN });
}

/** What was found, as a comparison sees it. */
const namesOf = ({ findings }) => findings.map(({ rule, fingerprint }) => `${rule} ${fingerprint}`).sort().join(', ');

async function judge(directory) {
  const trace = await readRecording(directory);
  const sources = createSources(trace, root);
  const settings = { graceMs: 100, abortGraceMs: 1000, blockAfterMs: 1000, listenerGrowth: 50, strict: false };
  const verdicts = checkSession(trace, { sources, ...settings });
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const meta = { tool: { name: 'scope-trace', version }, createdAt: new Date(BEGAN).toISOString(), directory: root, command: ['node', program], settings, sources };
  return { report: createReport(trace, verdicts, meta), timeline: () => createTimeline(trace, verdicts.findings, sources) };
}

/** The recording that is kept, where its sources are, in every format. By file. */
async function write() {
  const work = await mkdtemp(join(tmpdir(), 'example-'));
  try {
    for (const name of await readdir(kept)) {
      await writeFile(join(work, name), (await readFile(join(kept, name), 'utf8')).replaceAll(REPOSITORY, root));
    }
    const { report, timeline } = await judge(work);
    const texts = formats.map(({ id, format }) => {
      const text = format(report, toolOptions(report, { severity: 'violation', rules: [] }, timeline)).replaceAll(root, REPOSITORY);
      return [NAMES[id] ?? `${id}.txt`, text];
    });
    return { report, texts: new Map(texts) };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function check() {
  const { report, texts } = await write();
  const wrong = [];
  for (const [name, text] of texts) {
    if ((await readFile(join(folder, name), 'utf8').catch(() => '')) !== text) wrong.push(name);
  }
  const known = new Set([...texts.keys(), 'recording', 'README.md']);
  wrong.push(...(await readdir(folder)).filter((name) => !known.has(name)));
  const work = await mkdtemp(join(tmpdir(), 'example-'));
  try {
    run(work);
    const fresh = namesOf((await judge(work)).report);
    if (fresh !== namesOf(report)) wrong.push(`recording (a run finds ${fresh}, it has ${namesOf(report)})`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  if (wrong.length === 0) return console.log('example reports: they are as this version writes them');
  console.error(`example reports: not as this version writes them: ${wrong.join(', ')}. Write them anew: npm run build && npm run example-reports -- --keep`);
  process.exitCode = 1;
}

if (process.argv.includes('--check')) await check();
else {
  if (!process.argv.includes('--keep')) await record();
  const { texts } = await write();
  for (const [name, text] of texts) await writeFile(join(folder, name), text);
  console.log(`example reports: ${texts.size} written to examples/reports`);
}
