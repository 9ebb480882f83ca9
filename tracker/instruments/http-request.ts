/**
 * HTTP requests that are served, as scopes: from the arrival of a request until its response is
 * closed. Seen through Node's own diagnostics channels, so that neither requests nor responses nor
 * their listeners are touched.
 *
 * https://nodejs.org/api/diagnostics_channel.html#http (HTTP/2 from Node 22.17 and 24.2)
 */
import diagnostics_channel from 'node:diagnostics_channel';
import type * as http from 'node:http';
import { groupResource, runningCallback } from '../callbacks.ts';
import { guarded } from '../failure.ts';
import { enterGroup, exitGroup } from '../groups.ts';
import { Identity } from '../promise-node.ts';
import { idOfScope, type ScopeState } from '../scope-state.ts';
import { useGroup } from '../scopes.ts';
import { lookNowAndThen } from '../upkeep.ts';
import type { Instrument, Undo } from './instrument.ts';
import { undoAll } from './patch.ts';
import { isObject, ownValue } from './values.ts';

export const httpRequest: Instrument = {
  id: 'http-request',
  install: () =>
    undoAll([
      hear('http.server.request.start', ({ request, response }) => { noteArrival(request, response); }),
      hear('http.server.response.finish', ({ response }) => { noteFinish(response); }),
      hear('http2.server.stream.created', ({ stream, headers }) => { noteStream(stream, headers); }),
      hear('http2.server.stream.finish', ({ stream }) => { noteFinish(stream); }),
      hear('http2.server.stream.close', ({ stream }) => { noteClosed(stream); }),
      lookNowAndThen(lookForCut),
    ]),
};

const CUT = 'connection closed';
const LONGEST_PATH = 200;
/** Looked at together; a busy server has fewer, and the rest is looked at the next time. */
const MOST_LOOKED_AT = 10_000;

/** A request that is served. The response of HTTP/1 is held until it is first looked at. */
class Served {
  readonly scope: ScopeState;
  response: object | null;
  /** Position in the list of those that were not looked at, -1 when it is not there. */
  index = -1;
  /** Whether all of the response went out. */
  sent = false;

  constructor(scope: ScopeState, response: object | null) {
    this.scope = scope;
    this.response = response;
  }
}

/** On its response, or on its stream of HTTP/2. */
class ServedStamp extends Identity {
  #served: Served;
  constructor(response: object, served: Served) {
    super(response);
    this.#served = served;
  }
  static read(response: object): Served | undefined {
    return #served in response ? response.#served : undefined;
  }
}

/**
 * Those of HTTP/1 that have not finished: nothing tells of a connection that is cut. Most are over
 * before they are looked at, and leave a list for less than a map.
 */
let young: Served[] = [];
const old = new Map<Served, WeakRef<object>>();

type Message = Readonly<Record<string, unknown>>;

function hear(channel: string, note: (message: Message) => void): Undo {
  const listener = (message: unknown): void => { note(message as Message); };
  diagnostics_channel.subscribe(channel, listener);
  return () => { diagnostics_channel.unsubscribe(channel, listener); };
}

const noteArrival = guarded((request: unknown, response: unknown): void => {
  if (!isObject(request) || !isObject(response) || !Object.isExtensible(response)) return;
  const served = serve('HTTPINCOMINGMESSAGE', ownValue(request, 'method'), ownValue(request, 'url'), response, traceparentIn(ownValue(request, 'rawHeaders')));
  if (served === undefined) return;
  served.response = response;
  served.index = young.push(served) - 1;
  groupResource(served.scope);
});

const noteStream = guarded((stream: unknown, headers: unknown): void => {
  if (!isObject(stream) || !isObject(headers)) return;
  serve('HTTP2SESSION', ownValue(headers, ':method'), ownValue(headers, ':path'), stream, ownValue(headers, 'traceparent'));
});

/** Nothing, where it does not arrive from the network: a stream that is pushed. */
function serve(resource: string, method: unknown, url: unknown, response: object, traceparent: unknown): Served | undefined {
  const call = runningCallback(resource);
  if (call === undefined) return undefined;
  const scope = enterGroup(call, `${text(method)} ${pathOf(text(url))}`, 'request', { traceparent: asTraceparent(traceparent) });
  if (scope === undefined) return undefined;
  const served = new Served(scope, null);
  new ServedStamp(response, served);
  return served;
}

/** Of names and values in turns, as they came. */
function traceparentIn(headers: unknown): unknown {
  if (!Array.isArray(headers)) return undefined;
  for (let at = 0; at < headers.length; at += 2) {
    const name: unknown = headers[at];
    if (name === 'traceparent' || name === 'Traceparent') return headers[at + 1];
  }
  return undefined;
}

/** Two digits of version, the trace, the span, two digits of flags. */
const TRACEPARENT_LENGTH = 55;

function asTraceparent(value: unknown): string | undefined {
  return typeof value === 'string' && value.length === TRACEPARENT_LENGTH ? value : undefined;
}

const noteFinish = guarded((response: unknown): void => {
  const served = isObject(response) ? ServedStamp.read(response) : undefined;
  if (served === undefined) return;
  served.sent ||= served.scope.open;
  end(served);
});

/** Something is set on a response. Once it has been sent, that is lost; where the connection was cut, it was lost anyway. */
export function noteSet(response: object, what: string): void {
  const served = ServedStamp.read(response);
  if (served?.sent === true) useGroup(served.scope, what);
}

const noteClosed = guarded((stream: unknown): void => {
  if (isObject(stream)) end(ServedStamp.read(stream), CUT);
});

function end(served: Served | undefined, cut?: string): void {
  if (served === undefined) return;
  if (served.index === -1) old.delete(served);
  else leaveYoung(served);
  exitGroup(served.scope, cut);
}

function leaveYoung(served: Served): void {
  const last = young.pop() as Served;
  if (last !== served) {
    young[served.index] = last;
    last.index = served.index;
  }
  served.index = -1;
  served.response = null;
}

/** Node's own getter, whatever the program's class of responses says. */
let isClosed: ((this: object) => boolean) | undefined;

/** Looked up when there are requests: a program without a server never loads that module. */
function findGetter(): typeof isClosed {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- what an import loads is loaded at the start
  const { OutgoingMessage } = require('node:http') as typeof http;
  return Object.getOwnPropertyDescriptor(OutgoingMessage.prototype, 'closed')?.get as typeof isClosed;
}

/**
 * Ends the requests whose connection was cut: a response that nobody holds any more is one, too. What
 * has been served since the last look is announced, for nobody knows how long it will take.
 */
const lookForCut = guarded((): void => {
  if (young.length + old.size > 0) isClosed ??= findGetter();
  let left = MOST_LOOKED_AT;
  for (const [served, weak] of old) {
    if (left-- === 0) break;
    const response = weak.deref();
    if (response === undefined || isClosed?.call(response) === true) end(served, CUT);
  }
  const arrived = young;
  young = [];
  for (const served of arrived) age(served);
});

function age(served: Served): void {
  const { response } = served;
  served.index = -1;
  served.response = null;
  if (response === null || isClosed?.call(response) === true) {
    end(served, CUT);
    return;
  }
  idOfScope(served.scope);
  old.set(served, new WeakRef(response));
}

/** Without the query, which may hold what must not be written down, and without the host that a proxy is told. */
function pathOf(url: string): string {
  const start = url.startsWith('/') ? 0 : url.indexOf('/', url.indexOf('://') + 3);
  const path = start === -1 ? url : url.slice(start, start + LONGEST_PATH);
  const end = path.search(/[?#]/);
  return (end === -1 ? path : path.slice(0, end)).slice(0, LONGEST_PATH);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
