import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** Says which signals reached the whole process group, and not this process alone. */
export interface GroupWitness {
  /** Whether the group got the `signal` that just came. To be asked once for each that comes. */
  readonly saw: (signal: NodeJS.Signals) => Promise<boolean>;
  readonly dismiss: () => void;
}

/**
 * Starts a witness: a shell in our process group that notes every signal it gets.
 *
 * Ctrl-C on a terminal, and `kill` of a group, reach the traced program by themselves; `kill` of
 * our process does not. Node does not tell the sender of a signal, and asking the program would
 * need a listener inside it. A third process in the group knows: it got the signal too, or not.
 *
 * The shell ends by itself when our end of its input closes, also when we are killed. Where no
 * shell can be started the witness has seen nothing, and every signal counts as ours alone.
 */
export function callWitness(signals: readonly NodeJS.Signals[]): GroupWitness {
  const shell = spawn('/bin/sh', ['-c', script(signals)], { stdio: ['pipe', 'pipe', 'ignore'], env: {} });
  let notes: string[] = [];
  const questions: (() => void)[] = [];
  let alive = true;
  const lose = (): void => {
    alive = false;
    for (const answer of questions.splice(0)) answer();
  };
  shell.on('error', lose).on('exit', lose);
  shell.stdin.on('error', lose);
  readLines(shell, (line) => {
    if (line === 'asked') questions.shift()?.();
    else notes.push(line);
  });
  const saw = async (signal: NodeJS.Signals): Promise<boolean> => {
    if (alive) {
      const answered = new Promise<void>((resolve) => questions.push(resolve));
      shell.stdin.write('asked\n');
      await answered;
    }
    const index = notes.indexOf(signal);
    if (index >= 0) notes.splice(index, 1);
    // Signals may merge on their way to us. What is left over must not hide a later one.
    if (questions.length === 0) notes = notes.filter((note) => note !== signal);
    return index >= 0;
  };
  return { saw, dismiss: () => void shell.stdin.end() };
}

/** Echoes each line it reads, after the names of the signals that came before it. */
function script(signals: readonly NodeJS.Signals[]): string {
  const traps = signals.map((signal) => `trap 'f=1; echo ${signal}' ${signal.slice('SIG'.length)}`);
  // A signal may end `read`: only a failed `read` without one is the end of the input.
  const loop = 'while :; do if read l; then echo "$l"; elif [ "$f" ]; then f=; else exit; fi; done';
  return [...traps, loop].join('\n');
}

function readLines(shell: ChildProcess, take: (line: string) => void): void {
  let rest = '';
  shell.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}
