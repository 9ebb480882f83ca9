/**
 * React has a slow form for those who develop with it, and takes it unless `NODE_ENV` says otherwise while it is loaded. That
 * variable is the program's, which inherits ours: it is set for no longer than this takes, and nothing is started meanwhile.
 */
import { createRequire } from 'node:module';

/** Loads React. To be called before anything imports it. */
export function loadReact(): void {
  const ink = import.meta.resolve('ink');
  const load = createRequire(ink);
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    for (const name of ['react', 'react/jsx-runtime', 'react-reconciler', 'scheduler']) load(name);
  } catch {
    // Ink will say what is missing.
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}
