/** The first line of every screen, part by part. */
import type { Tone } from './cells.ts';
import type { Playing, Status } from './snapshot.ts';
import { count, tellAmount, tellTime } from './words.ts';

export interface Part {
  readonly text: string;
  readonly tone: Tone;
}

/** The most important first: a narrow terminal cuts off the rest. */
export function partsOf(status: Status): Part[] {
  const { programs, running, over, limit, tasks, scopes, violations, leaks, known, rate, lost, stalledMs, unfollowed } = status;
  return [
    stateOf(status),
    { text: violations + leaks === 0 ? 'no findings' : [tally('✖', violations), tally('▲', leaks)].filter(Boolean).join(' '), tone: violations > 0 ? 'bad' : leaks > 0 ? 'warn' : 'plain' },
    ...(limit === undefined || over ? [] : [{ text: 'findings of new tasks only', tone: 'warn' as const }]),
    ...(known === 0 ? [] : [{ text: `${known} known`, tone: 'dim' as const }]),
    ...(stalledMs === undefined ? [] : [{ text: `event loop stands still for ${tellTime(stalledMs)}`, tone: 'bad' as const }]),
    { text: programs === running || running === 0 ? count(programs, 'program') : `${running} of ${count(programs, 'program')}`, tone: 'plain' },
    { text: count(tasks, 'task'), tone: 'plain' },
    { text: `${count(scopes, 'scope')} open`, tone: 'plain' },
    { text: `${tellAmount(rate)} rec/s`, tone: 'dim' },
    ...(lost === 0 ? [] : [{ text: `${tellAmount(lost)} lost`, tone: 'bad' as const }]),
    ...(unfollowed ? [{ text: 'promises not followed just now', tone: 'warn' as const }] : []),
  ];
}

function tally(mark: string, amount: number): string {
  return amount === 0 ? '' : `${mark} ${amount}`;
}

function stateOf({ paused, over, programs, playing }: Status): Part {
  if (playing !== undefined) return { text: tellPlaying(playing), tone: playing.runs ? 'good' : 'accent' };
  if (paused) return { text: '❚❚ paused', tone: 'warn' };
  if (programs === 0) return { text: '● waiting', tone: 'dim' };
  return over ? { text: '■ ended', tone: 'strong' } : { text: '● live', tone: 'good' };
}

function tellPlaying({ atMs, endMs, speed, runs, seeking }: Playing): string {
  if (seeking) return '… seeking';
  return `${runs ? '▶' : '❚❚'} ${tellTime(atMs)} of ${tellTime(endMs)}${speed === 1 ? '' : ` ×${speed}`}`;
}
