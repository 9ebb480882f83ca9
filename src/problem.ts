/**
 * Something that the user can understand and mend, told in sentences: what happened, where, what
 * to do. It is printed without a stack, and ends the command with `exitCode`.
 */
export class Problem extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.name = 'Problem';
    this.exitCode = exitCode;
  }
}

/** The system's code of an error, such as `ENOENT`. Undefined for everything else. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a folder',
  EMFILE: 'too many files are open',
  ENOENT: 'it does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is no folder',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
};

/** Why an operation on a file failed, as a clause: `permission is denied`. */
export function reasonOf(error: unknown): string {
  const code = systemCode(error);
  const known = code === undefined ? undefined : REASONS[code];
  return known ?? (error instanceof Error ? error.message : String(error));
}
