/**
 * Builds `dist/`: the compiled rooms, the tracker as one file, the library for `require`, and the page of HTML reports.
 * Everything is written beside the old `dist` and swapped in at the end, so that a build never
 * pulls the files from under a program that runs them.
 */
import { appendFile, chmod, copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { writeCommonJsTypes } from './commonjs-types.mjs';
import { writePage } from './page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'dist');
const work = join(root, 'node_modules', '.cache', `scope-trace-build-${process.pid}`);
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

const bundled = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  charset: 'utf8',
  legalComments: 'none',
  absWorkingDir: root,
  logLevel: 'warning',
  define: { __SCOPE_TRACE_VERSION__: JSON.stringify(version) },
};

function compile() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '-p', join(root, 'tsconfig.json'), '--outDir', work];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

/**
 * What the tracker takes from the program's globals, kept from the start: a program may replace
 * them or take them away, as test environments do.
 */
const KEPT = [
  'Array', 'Date', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Proxy', 'Reflect', 'Set', 'String', 'WeakMap', 'WeakRef', 'process',
];

async function bundle(source, outfile, options = {}) {
  await build({ ...bundled, ...options, entryPoints: [join(root, source)], outfile: join(work, outfile) });
}

/** What sends to collectors is one file with OpenTelemetry's packages, and their licences, so that nobody has to install those. */
async function bundleSender() {
  const outfile = join(work, 'src', 'otlp', 'sender.js');
  const { metafile } = await build({
    ...bundled, format: 'esm', minifySyntax: true, mainFields: ['module', 'main'], metafile: true,
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
    entryPoints: [join(root, 'src/otlp/sender.ts')], outfile, allowOverwrite: true,
  });
  await appendFile(outfile, await noticesOf(Object.keys(metafile.inputs)));
}

/** The licence of every package among the files, each text once, as a comment. */
async function noticesOf(files) {
  const folders = new Set(files.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
  const texts = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version: its, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const file = (await readdir(join(root, folder))).find((each) => /^licen[cs]e/i.test(each));
    const text = file === undefined ? license : await readFile(join(root, folder, file), 'utf8');
    texts.set(text, new Set([...(texts.get(text) ?? []), `${name} ${its} (${license})`]));
  }
  return [...texts].map(([text, names]) => `\n/*!\nThis file holds: ${[...names].join(', ')}\n\n${text.replaceAll('*/', '* /').trim()}\n*/\n`).join('');
}

/** The tracker ships as `preload.cjs`; of its room only the protocol is imported by others. */
async function keepProtocolOnly() {
  const room = join(work, 'tracker');
  const entries = await readdir(room);
  const rest = entries.filter((name) => name !== 'protocol' && !name.startsWith('protocol.'));
  await Promise.all(rest.map((name) => rm(join(room, name), { recursive: true })));
}

async function replaceVersion(file) {
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replaceAll('__SCOPE_TRACE_VERSION__', JSON.stringify(version)));
}

async function swapIn() {
  const old = `${work}-old`;
  if (existsSync(target)) await rename(target, old);
  await rename(work, target);
  await rm(old, { recursive: true, force: true });
}

const began = performance.now();
await rm(work, { recursive: true, force: true });
await mkdir(work, { recursive: true });
const compiled = compile();
await bundle('tracker/preload.ts', 'preload.cjs', { banner: { js: `"use strict";\nconst { ${KEPT.join(', ')} } = globalThis;` } });
await bundle('src/index.ts', 'index.cjs');
await bundle('src/remedies/index.ts', 'remedies.cjs');
await writePage(root, join(work, 'report-page.json'));
await bundleSender();
await keepProtocolOnly();
await writeCommonJsTypes(work, join('src', 'index.d.ts'), 'index.d.cts');
await writeCommonJsTypes(work, join('src', 'remedies', 'index.d.ts'), 'remedies.d.cts');
await replaceVersion(join(work, 'src', 'version.js'));
await copyFile(join(root, 'reports', 'report.schema.json'), join(work, 'report.schema.json'));
await copyFile(join(root, 'reports', 'await-graph', 'dump.schema.json'), join(work, 'dump.schema.json'));
const { createConfigSchema } = await import(pathToFileURL(join(work, 'src', 'config', 'schema.js')));
await writeFile(join(work, 'config.schema.json'), `${JSON.stringify(createConfigSchema(), undefined, 2)}\n`);
await chmod(join(work, 'src', 'cli.js'), 0o755);
await swapIn();

const seconds = ((performance.now() - began) / 1000).toFixed(1);
console.log(`build: ${relative(root, target)} written in ${seconds} s${compiled ? '' : ', with type errors (above)'}`);
process.exitCode = compiled ? 0 : 1;
