/**
 * Gives the terminal back when we were killed and cannot: a shell outside our process group waits for the end of its input,
 * and then writes what it was told last. It costs no process of ours anything, and ends with us in every case.
 */
import { spawn } from 'node:child_process';

export interface LastWords {
  /** What is to be written from now on. Empty: nothing, and the terminal is left as it is. */
  readonly set: (text: string) => void;
  /** We end in order. */
  readonly dismiss: () => void;
}

/** How the terminal reads keys is kept, unless somebody has changed that already. */
const SCRIPT = `
trap '' HUP INT TERM QUIT TSTP TTIN TTOU PIPE
case "$(stty -a <&1)" in *-icanon*) modes=sane ;; *) modes=$(stty -g <&1) ;; esac
while IFS= read -r line; do text=$line; done
if [ -n "$text" ]; then printf "$text"; stty "$modes" <&1; fi
`;

/** On standard output. Where no shell can be started, nothing is said. */
export function prepareLastWords(): LastWords {
  const shell = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'inherit', 'ignore'], detached: true, env: { PATH: process.env['PATH'] } });
  const ignore = (): void => undefined;
  shell.on('error', ignore);
  shell.stdin.on('error', ignore);
  shell.unref();
  // It is a socket, whatever its type says.
  (shell.stdin as typeof shell.stdin & { readonly unref?: () => void }).unref?.();
  return {
    set: (text) => void shell.stdin.write(`${escape(text)}\n`),
    // At once, and certainly: what it would write now is somebody else's.
    dismiss: () => void shell.kill('SIGKILL'),
  };
}

/** As printf reads it. */
function escape(text: string): string {
  return text.replace(/[^ -~]|[\\%"]/g, (sign) => `\\${sign.charCodeAt(0).toString(8).padStart(3, '0')}`);
}
