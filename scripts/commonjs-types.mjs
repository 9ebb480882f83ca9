import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

const RELATIVE = /(from\s+|import\(\s*|import\s+)(['"])(\.{1,2}\/[^'"]+)\2/g;

/**
 * Writes an entry's types for `require`: its name, and under `types/` a copy of each
 * declaration it reaches, as `.d.cts`. TypeScript takes a `.d.ts` of this package for an ES
 * module, so a CommonJS program needs declarations of its own.
 */
export async function writeCommonJsTypes(dist, declaration, name) {
  const entry = { file: join(dist, declaration), name };
  const seen = new Set();
  const queue = [entry.file];
  while (queue.length > 0) {
    const file = queue.pop();
    if (seen.has(file)) continue;
    seen.add(file);
    const text = await readFile(file, 'utf8');
    const copy = copyOf(dist, entry, file);
    const rewritten = text.replace(RELATIVE, (_, before, quote, specifier) => {
      const imported = join(dirname(file), specifier.replace(/\.(ts|js)$/, '.d.ts'));
      queue.push(imported);
      const path = relative(dirname(copy), copyOf(dist, entry, imported)).replace(/\.d\.cts$/, '.cjs');
      return `${before}${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`;
    });
    await mkdir(dirname(copy), { recursive: true });
    await writeFile(copy, rewritten);
  }
}

function copyOf(dist, entry, file) {
  if (file === entry.file) return join(dist, entry.name);
  return join(dist, 'types', relative(dist, file).replace(/\.d\.ts$/, '.d.cts'));
}
