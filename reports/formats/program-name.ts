import type { ReportProgram } from '../report.ts';

/** `node app.js (process 4711)`: the command without the folders of the machine. */
export function nameProgram({ command, pid, thread, id }: Pick<ReportProgram, 'command' | 'pid' | 'thread' | 'id'>): string {
  const words = command.map((word) => /[^\\/]*$/.exec(word)?.[0] || word);
  const what = words.length === 0 ? id : words.slice(0, 4).join(' ') + (words.length > 4 ? ' …' : '');
  const who = [...(thread ? [`worker ${thread}`] : []), ...(pid === undefined ? [] : [`process ${pid}`])];
  return who.length === 0 ? what : `${what} (${who.join(' of ')})`;
}
