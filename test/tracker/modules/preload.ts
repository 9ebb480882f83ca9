/** Writes down what it is told. */
import { writeSync } from 'node:fs';
import { whenLoaded } from '../../../tracker/modules.ts';

function say(text: string): void {
  writeSync(2, `loaded ${text}\n`);
}

const known = new Set<unknown>();

for (const name of ['package-esm', 'package-cjs', 'package-dual', 'package-absent']) {
  whenLoaded(name, (exports, { packageName, file, format }) => {
    known.add((exports as { readonly Esm?: unknown }).Esm);
    say(`${packageName ?? 'none'} ${file} ${format} of ${name}: ${Object.keys(exports as object).sort().join(', ')}`);
  });
}

// What an importer asks: whether the class that it has got was told of before.
process.on('test:known' as 'exit', (value: unknown) => {
  if (known.has(value)) say('package-esm is known to its importer');
});
