/** The binaries of the Node lines that are measured. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export function nodeBinary(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const path = `../test/node-lines/node_modules/node${major}/bin/node`;
  const binary = fileURLToPath(new URL(path, import.meta.url));
  if (!existsSync(binary)) throw new Error(`Node ${major} is missing; install it with npm ci in test/node-lines.`);
  return binary;
}
