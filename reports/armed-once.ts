/** Whether a timer is started only when there is none yet: read from the source before its start. */
import type { SiteId } from '../tracker/protocol.ts';
import type { Places } from './sources.ts';

const LINES = 2;

const NAME = String.raw`([\w$.#]+)`;
const NOTHING = '(?:undefined|null)';
const SHAPES: readonly RegExp[] = [
  // timer ??= setTimeout(…)
  /(?:\?\?|\|\|)=?\s*$/,
  // if (!timer) timer = setTimeout(…)
  new RegExp(String.raw`if\s*\(\s*!\s*${NAME}\s*\)\s*\{?\s*\1\s*=\s*$`),
  // if (timer === undefined) timer = setTimeout(…)
  new RegExp(String.raw`if\s*\(\s*${NAME}\s*={2,3}\s*${NOTHING}\s*\)\s*\{?\s*\1\s*=\s*$`),
  // if (timer) return; timer = setTimeout(…)
  new RegExp(String.raw`if\s*\(\s*${NAME}(?:\s*!={1,2}\s*${NOTHING})?\s*\)\s*\{?\s*return;?\s*\}?\s*\1\s*=\s*$`),
];

/** The first of several calls starts it for all of them. */
export function isArmedOnce(places: Places, started: SiteId | undefined): boolean {
  const place = places.of(started);
  const source = place && places.excerpt(place, LINES);
  if (place === undefined || source === undefined) return false;
  const index = place.line - source.firstLine;
  const before = [...source.lines.slice(0, index), (source.lines[index] ?? '').slice(0, place.column - 1)].join('\n');
  return SHAPES.some((shape) => shape.test(before));
}
