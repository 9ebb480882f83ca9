/** Whether a run may have the live view: only where there is a terminal that is wholly ours. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What decides, as Node has it. */
export interface Surroundings {
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: { readonly isTTY?: boolean };
  readonly stderr: { readonly isTTY?: boolean };
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** Whoever started us talks to the program over a channel, and draws for itself. */
  readonly hasChannel: boolean;
  readonly isForeground: () => boolean;
}

export function mayHost({ stdin, stdout, stderr, environment, platform, hasChannel, isForeground }: Surroundings): boolean {
  const { TERM, CI } = environment;
  if (![stdin, stdout, stderr].every(({ isTTY }) => isTTY === true)) return false;
  if (TERM === undefined || TERM === '' || TERM === 'dumb') return false;
  if (CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0') return false;
  return platform !== 'win32' && !hasChannel && isForeground();
}

/** A job in the background that touches its terminal is stopped by the system. */
export function isForeground(): boolean {
  const [group, foreground] = process.platform === 'linux' ? groupsByProc() : groupsByPs();
  return group !== undefined && group === foreground;
}

/** The process group, and the one in the foreground of the terminal. */
function groupsByProc(): readonly (string | undefined)[] {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    // The name in parentheses may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [fields[2], fields[5]];
  } catch {
    return groupsByPs();
  }
}

function groupsByPs(): readonly (string | undefined)[] {
  const { stdout } = spawnSync('ps', ['-o', 'pgid=,tpgid=', '-p', String(process.pid)], { encoding: 'utf8' });
  return stdout.trim().split(/\s+/);
}
