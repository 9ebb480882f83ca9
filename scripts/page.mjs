/**
 * Bundles what runs in the browser of whoever reads an HTML report: its code and looks as texts, each with the hash by which the
 * policy of the report lets it in, and nothing else.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

async function bundle(root, entry) {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(root, 'page', entry)],
    absWorkingDir: root, bundle: true, minify: true, write: false, format: 'iife', platform: 'browser', target: 'es2022', metafile: true,
    // ASCII alone: whatever takes the file for another encoding.
    charset: 'ascii', legalComments: 'none', logLevel: 'warning',
  });
  const text = `${await noticesOf(root, metafile)}${outputFiles[0].text.trim()}`;
  // What would end the element that it stands in.
  if (/<\/(script|style)|<!--/i.test(text)) throw new Error(`page/${entry} cannot stand in a page as it is`);
  return text;
}

/** What the licences of the packages inside ask to be kept with every copy: each text once. */
async function noticesOf(root, { inputs }) {
  const names = new Set(Object.keys(inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  const texts = new Map();
  for (const name of [...names].sort()) {
    const text = (await readFile(join(root, 'node_modules', name, 'LICENSE'), 'utf8')).replaceAll(/\s+/g, ' ').trim();
    texts.set(text, [...(texts.get(text) ?? []), name]);
  }
  return [...texts].map(([text, of]) => `/* ${of.join(', ')}: ${text} */\n`).join('');
}

function hash(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

export async function writePage(root, outfile) {
  const [script, style] = await Promise.all([bundle(root, 'main.ts'), bundle(root, 'page.css')]);
  await writeFile(outfile, JSON.stringify({ script, scriptHash: hash(script), style, styleHash: hash(style) }));
}
