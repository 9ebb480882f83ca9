/** What the system tells of a process, without touching it. */
import { readFileSync, readlinkSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { tellSystemCall } from './system-call.ts';

const SIGUSR1_BIT = 1n << 9n;

export interface ProcessFacts {
  readonly pid: number;
  /** How the process itself calls its number: another one inside a container. */
  readonly ownPid: number;
  /** Path of its program. Absent: not known. */
  readonly executable?: string;
  readonly command: readonly string[];
  /** Its `NODE_OPTIONS` at the start. */
  readonly nodeOptions: string;
  /** Whether it handles SIGUSR1; otherwise that signal ends it. Absent: not known. */
  readonly catchesSigusr1?: boolean;
  /** Its loopback is ours. */
  readonly sameNetwork: boolean;
}

/** Undefined when the system tells nothing of it, or nothing to us. */
export function readFacts(pid: number): ProcessFacts | undefined {
  const status = read(pid, 'status');
  const command = read(pid, 'cmdline');
  if (status === undefined || command === undefined) return undefined;
  const executable = link(pid, 'exe');
  const caught = field(status, 'SigCgt');
  return {
    pid,
    ownPid: Number(field(status, 'NSpid')?.split(/\s+/).at(-1) ?? pid),
    ...(executable === undefined ? {} : { executable: executable.replace(/ \(deleted\)$/, '') }),
    command: command.split('\0').slice(0, -1),
    nodeOptions: /(?:^|\0)NODE_OPTIONS=([^\0]*)/.exec(read(pid, 'environ') ?? '')?.[1] ?? '',
    ...(caught === undefined ? {} : { catchesSigusr1: (BigInt(`0x${caught}`) & SIGUSR1_BIT) !== 0n }),
    sameNetwork: link(pid, 'ns/net') === link('self', 'ns/net'),
  };
}

/** Whether it has ended and nobody has taken note: there is no program any more. */
export function isZombie(pid: number): boolean {
  return field(read(pid, 'status') ?? '', 'State')?.startsWith('Z') ?? false;
}

/** Whether it runs no more. */
export function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return isZombie(pid);
  } catch {
    return true;
  }
}

/** Who holds the whole process, as a clause. Undefined: nobody. */
export function heldBy(pid: number): string | undefined {
  const state = field(read(pid, 'status') ?? '', 'State')?.charAt(0);
  if (state === 'T') return 'was stopped by a signal (SIGSTOP, or Ctrl-Z in its terminal)';
  return state === 't' ? 'is held by a debugger of machine code (gdb, strace)' : undefined;
}

/** Whether we may look into it: false for another user's. */
export function mayInspect(pid: number): boolean {
  try {
    readdirSync(join('/proc', String(pid), 'fd'));
    return true;
  } catch {
    return false;
  }
}

/** Commands of the processes that it has started. Empty where that is not known. */
export function childrenOf(pid: number): readonly { readonly pid: number; readonly command: string }[] {
  const text = read(pid, `task/${pid}/children`) ?? '';
  return text.split(/\s+/).filter(Boolean).map((child) => ({
    pid: Number(child),
    command: (read(child, 'cmdline') ?? '').split('\0').join(' ').trim(),
  }));
}

/** What its main thread sleeps in: a system call in words, or the kernel's function. Empty: it runs, or that is not known. */
export function waitingIn(pid: number): string {
  const call = tellSystemCall(read(pid, 'syscall') ?? '', process.arch, (descriptor) => link(pid, `fd/${descriptor}`));
  return call ?? sleepsIn(pid);
}

/**
 * Its main thread sleeps in a synchronous read. Node hands on to the program when a signal interrupts that: the read
 * fails with EINTR, which most programs do not survive.
 */
export function sleepsInRead(pid: number): boolean {
  const [number = ''] = (read(pid, 'syscall') ?? '').split(' ');
  if (number !== '') return READS[process.arch]?.includes(number) ?? false;
  return /pipe_read|tty_read|wait_woken|stream_read/.test(sleepsIn(pid));
}

/** `read` and `pread`. */
const READS: Readonly<Record<string, readonly string[]>> = { x64: ['0', '17'], arm64: ['63', '67'] };

/** Its main thread waits for events, as an event loop does; so does `execSync`, for its child. */
export function waitsForEvents(pid: number): boolean {
  return /epoll|ep_poll/.test(sleepsIn(pid));
}

function sleepsIn(pid: number): string {
  const name = read(pid, 'wchan') ?? '';
  return name === '0' ? '' : name;
}

/** How a person calls its program: `node server.js`. */
export function commandLine({ executable, command }: Pick<ProcessFacts, 'executable' | 'command'>): string {
  const [first = executable ?? '', ...rest] = command;
  const text = [basename(first), ...rest].join(' ').replace(/\s+/g, ' ');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function field(status: string, name: string): string | undefined {
  return new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1];
}

function read(pid: number | string, file: string): string | undefined {
  try {
    return readFileSync(join('/proc', String(pid), file), 'utf8');
  } catch {
    return undefined;
  }
}

function link(pid: number | string, file: string): string | undefined {
  try {
    return readlinkSync(join('/proc', String(pid), file));
  } catch {
    return undefined;
  }
}
