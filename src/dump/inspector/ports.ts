/** Which TCP ports a process listens on, and who is connected to them. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

export interface Listening {
  readonly port: number;
  /** The address to reach it at from this machine. */
  readonly host: '127.0.0.1' | '::1';
}

const LISTEN = '0A';
const ESTABLISHED = '01';

interface Row {
  readonly port: number;
  readonly host: Listening['host'];
  readonly state: string;
  readonly inode: string;
}

/** Undefined where the system does not tell. */
export function portsOf(pid: number): readonly Listening[] | undefined {
  const inodes = socketsOf(pid);
  if (inodes === undefined) return portsByLsof(pid);
  return rowsOf(pid).filter(({ state, inode }) => state === LISTEN && inodes.has(inode));
}

/** How many connections to one of its ports the process holds. 0 where that is not known. */
export function connectionsTo(pid: number, port: number): number {
  const inodes = socketsOf(pid);
  if (inodes === undefined) return 0;
  return rowsOf(pid).filter((row) => row.state === ESTABLISHED && row.port === port && inodes.has(row.inode)).length;
}

function socketsOf(pid: number): ReadonlySet<string> | undefined {
  try {
    const folder = join('/proc', String(pid), 'fd');
    const inodes = readdirSync(folder).map((name) => inodeOf(join(folder, name)));
    return new Set(inodes.filter((inode) => inode !== undefined));
  } catch {
    return undefined;
  }
}

function inodeOf(path: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(path))?.[1];
  } catch {
    return undefined;
  }
}

/** @see {@link https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html} */
function rowsOf(pid: number): Row[] {
  return (['tcp', 'tcp6'] as const).flatMap((table) => {
    const [, ...lines] = readTable(join('/proc', String(pid), 'net', table)).trim().split('\n');
    return lines.flatMap((line): Row[] => {
      const [, local = '', , state = '', , , , , , inode = ''] = line.trim().split(/\s+/);
      const [address = '', port = ''] = local.split(':');
      // Also what listens for both families is there at 127.0.0.1.
      const host = table === 'tcp6' && !/^0*$|^0{20}FFFF/i.test(address) ? '::1' : '127.0.0.1';
      return port === '' ? [] : [{ port: Number.parseInt(port, 16), host, state, inode }];
    });
  });
}

function readTable(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function portsByLsof(pid: number): Listening[] | undefined {
  try {
    const text = execFileSync('lsof', ['-nP', '-a', '-p', String(pid), '-iTCP', '-sTCP:LISTEN', '-Fn'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [...text.matchAll(/^n(.*):(\d+)$/gm)].map(([, address, port]) => ({
      port: Number(port),
      host: address === '[::1]' ? '::1' : '127.0.0.1',
    }));
  } catch {
    return undefined;
  }
}
