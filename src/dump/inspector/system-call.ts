/** The system call that a thread sleeps in, in words: what a synchronous call waits for. */

/** Numbers of Linux, of those that a program may sleep in for long. */
const CALLS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  x64: { 0: 'read', 1: 'write', 17: 'pread', 18: 'pwrite', 35: 'sleep', 42: 'connect', 45: 'recv', 61: 'wait', 72: 'lock', 73: 'lock', 202: 'futex', 230: 'sleep', 232: 'poll', 247: 'wait', 257: 'open', 281: 'poll' },
  arm64: { 25: 'lock', 32: 'lock', 56: 'open', 63: 'read', 64: 'write', 67: 'pread', 68: 'pwrite', 95: 'wait', 98: 'futex', 115: 'sleep', 203: 'connect', 207: 'recv', 22: 'poll', 260: 'wait' },
};

const OF_A_FILE: Readonly<Record<string, string>> = {
  read: 'a read from', pread: 'a read from', write: 'a write to', pwrite: 'a write to', connect: 'a connection over', recv: 'a read from', lock: 'a lock of',
};
const OTHERS: Readonly<Record<string, string>> = {
  wait: 'a wait for a child process', open: 'the opening of a file, such as a named pipe that nobody writes to', sleep: 'a sleep', futex: 'a wait for another thread',
};

/**
 * @param text - of `/proc/<pid>/syscall`
 * @param fileOf - what a file descriptor leads to; undefined when that is not known
 * @returns a noun with its article; undefined for whatever says nothing
 */
export function tellSystemCall(text: string, arch: string, fileOf: (descriptor: number) => string | undefined): string | undefined {
  const [number = '', first = ''] = text.trim().split(/\s+/);
  const name = /^\d+$/.test(number) ? CALLS[arch]?.[Number(number)] : undefined;
  if (name === undefined) return undefined;
  const verb = OF_A_FILE[name];
  if (verb === undefined) return OTHERS[name];
  const descriptor = Number(first);
  return `${verb} file descriptor ${descriptor} (${fileOf(descriptor) ?? 'closed'})`;
}
