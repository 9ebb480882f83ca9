/** Who waits for a program in the system: connections not yet accepted, and requests not yet read. */
import { readdirSync, readlinkSync } from 'node:fs';
import { read } from './threads.ts';

const LISTEN = '0A';
const ESTABLISHED = '01';

interface Socket {
  readonly port: number;
  readonly state: string;
  /** Connections that wait to be accepted, or bytes that wait to be read. */
  readonly waiting: number;
  readonly inode: string;
}

/** How many connections of its servers wait for the process. */
export function countWaiting(pid: number): number {
  const own = ownInodes(pid);
  const sockets = listSockets(pid);
  const listening = new Set(sockets.filter(({ state, inode }) => state === LISTEN && own.has(inode)).map(({ port }) => port));
  let waiting = 0;
  for (const socket of sockets) {
    if (!listening.has(socket.port) || socket.waiting === 0) continue;
    if (socket.state === LISTEN && own.has(socket.inode)) waiting += socket.waiting;
    else if (socket.state === ESTABLISHED && own.has(socket.inode)) waiting++;
  }
  return waiting;
}

/** Whether somebody listens on a port. */
export function isPortTaken(pid: number, port: number): boolean {
  return listSockets(pid).some((socket) => socket.state === LISTEN && socket.port === port);
}

/** Whether the process itself does. */
export function listensOn(pid: number, port: number): boolean {
  const found = listSockets(pid).filter((socket) => socket.state === LISTEN && socket.port === port);
  return found.length > 0 && found.some(({ inode }) => ownInodes(pid).has(inode));
}

/** https://docs.kernel.org/networking/proc_net_tcp.html */
function listSockets(pid: number): readonly Socket[] {
  return ['tcp', 'tcp6'].flatMap((name) =>
    (read(`/proc/${pid}/net/${name}`) ?? '')
      .split('\n')
      .slice(1)
      .flatMap((line): Socket[] => {
        const [, local = '', , state = '', queues = '', , , , , inode = ''] = line.trim().split(/\s+/);
        if (inode === '') return [];
        const port = Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16);
        return [{ port, state, waiting: Number.parseInt(queues.slice(queues.indexOf(':') + 1), 16), inode }];
      }),
  );
}

function ownInodes(pid: number): ReadonlySet<string> {
  const inodes = new Set<string>();
  for (const name of namesIn(`/proc/${pid}/fd`)) {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`))?.[1];
      if (inode !== undefined) inodes.add(inode);
    } catch {
      // Closed meanwhile.
    }
  }
  return inodes;
}

export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
