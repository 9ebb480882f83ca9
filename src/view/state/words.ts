/** Times, numbers and names, as short as a column wants them. */
import { labelTask, placeOfTask } from '../../../reports/index.ts';
import type { NamedTask, Place } from '../../../reports/index.ts';
import type { HandleType, SiteId, WaitedFor } from '../../../tracker/protocol.ts';
import { spawnerOf, type Call } from '../model/call.ts';
import type { ProgramModel } from '../model/program.ts';
import type { PlaceBook } from './place-book.ts';

/** At most six characters: `340ms`, `4.2s`, `12m30s`, `3h07m`, `2d04h`. */
export function tellTime(ms: number): string {
  if (ms < 0) return '';
  if (ms < 1000) return `${Math.floor(ms)}ms`;
  if (ms < 60_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)}s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes}m${pad(Math.floor(ms / 1000) % 60)}s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours}h${pad(minutes % 60)}m`;
  return `${Math.floor(hours / 24)}d${pad(hours % 24)}h`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

/** `12`, `4.1k`, `1.2M`. */
export function tellAmount(amount: number): string {
  if (amount < 1000) return String(Math.round(amount));
  if (amount < 1_000_000) return `${(amount / 1000).toFixed(amount < 10_000 ? 1 : 0)}k`;
  return `${(amount / 1_000_000).toFixed(1)}M`;
}

/** `84 MB`. */
export function tellBytes(bytes: number): string {
  if (bytes < 1_000_000_000) return `${Math.round(bytes / 1_000_000)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}

/** `1 task`, `2 tasks`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

/** Control characters, which a name may hold, would move the cursor. */
export function clean(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

/** `session.mjs:12` */
export function tellPlace(place: Place | undefined): string {
  return place === undefined ? '' : clean(`${place.file === '' ? '(evaluated code)' : place.file}:${place.line}`);
}

/** As reports name tasks. */
export function asNamed(call: Call): NamedTask {
  const { origin, text, site, from } = call;
  return {
    origin,
    ...(origin === 'named' ? { name: text } : {}),
    ...(origin === 'callback' ? { resource: text } : {}),
    ...(site === 0 ? {} : { site }),
    ...(from === 0 ? {} : { from }),
  };
}

export function tellTask(call: Call, book: PlaceBook): string {
  if (call.request !== undefined) return clean(call.request.entered.name);
  return clean(labelTask(asNamed(call), book.of(call.program)));
}

export function placeOf(call: Call, book: PlaceBook): Place | undefined {
  return call.origin === 'main' ? undefined : placeOfTask(asNamed(call), book.of(call.program));
}

/** The task and where it is found: `connect client.mjs:12`. */
export function tellTaskAndPlace(call: Call, book: PlaceBook): string {
  const place = placeOf(call, book);
  return place === undefined ? tellTask(call, book) : `${tellTask(call, book)} ${baseName(tellPlace(place))}`;
}

const MOST_STEPS = 7;

/** From the main task to this one. Starters that were let go of are left out. */
export function pathOf(task: Call, book: PlaceBook): string[] {
  const path: string[] = [];
  for (let at: Call | undefined = task; at !== undefined; at = spawnerOf(at)) {
    path.unshift(tellTaskAndPlace(at, book));
    if (at.orphaned) path.unshift('…');
    if (path.length > MOST_STEPS) return ['main', '…', ...path.slice(-MOST_STEPS + 2)];
  }
  return path;
}

export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

/** The nearest frame of the user's own code. */
export function userPlace(program: ProgramModel, stack: readonly SiteId[], book: PlaceBook): Place | undefined {
  return book.of(program).user(stack);
}

const WAITS: Readonly<Record<WaitedFor, string>> = {
  call: 'a call',
  generator: 'a generator',
  then: 'a reaction',
  collection: 'Promise.all',
  race: 'Promise.race',
  promise: 'a promise',
};

/** A kind that this version does not know is a promise. */
export function tellWait(what: WaitedFor): string {
  return Object.hasOwn(WAITS, what) ? WAITS[what] : 'a promise';
}

export function tellHandle(type: HandleType): string {
  return type.replace('-', ' ');
}

/** With its folder: many programs are called `index.js`. */
function shortPath(path: string): string {
  return path.split(/[/\\]/).slice(-2).join('/');
}

/** `node shop/app.js`, `worker 2 of 4711`. */
export function tellProgram(program: ProgramModel): string {
  const { started } = program;
  if (started === undefined) return program.id;
  const script = started.argv.slice(1).map((part, at) => (at === 0 ? shortPath(part) : part)).join(' ');
  const what = started.thread === 0 ? `node ${script}`.trim() : `worker ${started.thread} of ${started.pid}`;
  return clean(what.length > 60 ? `${what.slice(0, 59)}…` : what);
}

