/**
 * Holds a Chrome trace against its documented format, as a viewer's importer reads it.
 *
 * @see {@link https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU}
 */
export interface SeenEvent {
  readonly ph: string;
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid?: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly id?: number;
  readonly bp?: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** Faults, one sentence each. Empty: it is sound. */
export function findFaults(text: string): { readonly events: readonly SeenEvent[]; readonly faults: readonly string[] } {
  const { traceEvents: events } = JSON.parse(text) as { readonly traceEvents: readonly SeenEvent[] };
  const faults = [...checkTimes(events), ...checkNames(events), ...checkNesting(events), ...checkFlows(events), ...checkCounters(events)];
  return { events, faults: faults.slice(0, 10) };
}

const trackOf = ({ pid, tid }: SeenEvent): string => `${pid}/${tid}`;
const tell = (event: SeenEvent): string => `${event.ph} ${JSON.stringify(event.name)} at ${event.ts} on ${trackOf(event)}`;

function checkTimes(events: readonly SeenEvent[]): string[] {
  let last = 0;
  return events.flatMap((event) => {
    if (event.ph === 'M') return [];
    const { ts = Number.NaN, dur = 0 } = event;
    const sound = Number.isFinite(ts) && ts >= last && Number.isFinite(dur) && dur >= 0;
    last = ts;
    return sound ? [] : [`${tell(event)} is out of time`];
  });
}

function checkNames(events: readonly SeenEvent[]): string[] {
  const named = new Set(events.filter(({ name }) => name === 'thread_name').map(trackOf));
  return events.flatMap((event) => (event.tid === undefined || event.tid === 0 || named.has(trackOf(event)) ? [] : [`${tell(event)} has a track without a name`]));
}

function slicesOf(events: readonly SeenEvent[]): Map<string, { readonly start: number; readonly end: number; readonly event: SeenEvent }[]> {
  const tracks = new Map<string, { start: number; end: number; event: SeenEvent }[]>();
  for (const event of events.filter(({ ph }) => ph === 'X')) {
    const { ts = 0, dur = 0 } = event;
    const track = tracks.get(trackOf(event)) ?? [];
    tracks.set(trackOf(event), track);
    track.push({ start: ts, end: Math.round((ts + dur) * 1e3) / 1e3, event });
  }
  return tracks;
}

function checkNesting(events: readonly SeenEvent[]): string[] {
  return [...slicesOf(events).values()].flatMap((slices) => {
    const open: number[] = [];
    return slices.flatMap(({ start, end, event }) => {
      while (open.length > 0 && (open.at(-1) ?? 0) <= start) open.pop();
      const around = open.at(-1);
      open.push(end);
      return around !== undefined && end > around ? [`${tell(event)} ends after what is around it`] : [];
    });
  });
}

function checkFlows(events: readonly SeenEvent[]): string[] {
  const slices = slicesOf(events);
  const ends = new Map<number, SeenEvent[]>();
  for (const event of events) if (event.ph === 's' || event.ph === 'f') ends.set(event.id ?? 0, [...(ends.get(event.id ?? 0) ?? []), event]);
  return [...ends.values()].flatMap((pair) => {
    const [from, to] = pair;
    if (from === undefined || to === undefined || pair.length !== 2 || from.ph !== 's' || to.ph !== 'f' || to.bp !== 'e' || from.name !== to.name) {
      return [`the flow ${pair.map(tell).join(', ')} is no pair`];
    }
    return pair.flatMap((event) => {
      const { ts = 0 } = event;
      const within = slices.get(trackOf(event))?.some(({ start, end }) => start <= ts && (ts < end || start === end));
      return within === true ? [] : [`${tell(event)} lies in no slice`];
    });
  });
}

function checkCounters(events: readonly SeenEvent[]): string[] {
  return events.filter(({ ph }) => ph === 'C').flatMap((event) => {
    const values = Object.values(event.args ?? {});
    return values.length === 1 && values.every((value) => Number.isInteger(value) && Number(value) >= 0) ? [] : [`${tell(event)} counts ${JSON.stringify(event.args)}`];
  });
}
