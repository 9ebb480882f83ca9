import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Charge } from './closer.ts';

/** Watches over an inspector that we open. */
export interface Guard {
  /** Nothing is left to close. */
  readonly dismiss: () => void;
}

const CLOSER = fileURLToPath(new URL('closer.js', import.meta.url));

/** Starts a process that closes the inspector of a program when we end without doing so. */
export function callGuard(charge: Charge): Guard {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:NODE_|SCOPE_TRACE_)/.test(name)));
  const closer = spawn(process.execPath, [CLOSER], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], env });
  closer.on('error', () => undefined);
  closer.stdin.on('error', () => undefined);
  closer.stdin.write(`${JSON.stringify(charge)}\n`);
  closer.unref();
  return { dismiss: () => void closer.stdin.end('done\n') };
}
