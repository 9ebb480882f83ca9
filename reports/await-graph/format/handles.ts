/** What keeps a program alive, for people: one line each, equal ones once. */
import type { FormatOptions } from '../../formats/style.ts';
import type { Place } from '../../sources.ts';
import type { Dump, DumpProgram, Leaf, TimerFacts } from '../model.ts';

const MOST_SHOWN = 20;

/** Lines without their ends; none when nothing is known. */
export function formatHandles({ handles, program }: Dump, { style }: FormatOptions): string[] {
  const shown = handles.filter(({ internal }) => internal !== true);
  const alive = shown.filter(({ ref }) => ref !== false);
  const others = shown.length - alive.length;
  if (shown.length === 0) return [];
  const lines = fold(alive.map(tellHandle));
  const rest = lines.length - MOST_SHOWN;
  return [
    style.bold(alive.length === 0 ? `Nothing keeps ${whom(program)} alive.` : `What keeps ${whom(program)} alive`),
    ...lines.slice(0, MOST_SHOWN).map((line) => `  ${line}`),
    ...(rest > 0 ? [style.dim(`  and ${rest} more`)] : []),
    ...(others > 0 ? [style.dim(`  ${others} more ${others === 1 ? 'is' : 'are'} there and ${others === 1 ? 'does' : 'do'} not keep it alive`)] : []),
  ];
}

function whom({ thread }: DumpProgram): string {
  return thread === undefined || thread === 0 ? 'the process' : `worker thread ${thread}`;
}

/** `server  port 8080, 2 connections  made at app.mjs:10`. */
function tellHandle({ label, detail, timer, callback, created }: Leaf): string {
  const calls = callback?.place ?? undefined;
  return [
    label,
    timer === undefined ? undefined : tellTimer(timer),
    detail,
    calls === undefined ? undefined : `calls ${callback?.name === '' ? 'the function' : (callback?.name ?? '')} at ${at(calls)}`,
    created === undefined ? undefined : `made at ${at(created)}`,
  ].filter((part) => part !== undefined).join('  ');
}

function tellTimer({ delayMs, repeats, dueInMs }: TimerFacts): string {
  const length = `${repeats ? 'every' : 'of'} ${seconds(delayMs)}`;
  if (dueInMs === undefined) return length;
  return `${length}, ${dueInMs < 0 ? `late by ${seconds(-dueInMs)}` : `due in ${seconds(dueInMs)}`}`;
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(1))} s`;
}

function at({ file, line }: Place): string {
  return `${file}:${line}`;
}

function fold(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line}  × ${count}`));
}
