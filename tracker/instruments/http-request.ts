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

/** A request that is served, as its response (or its stream of HTTP/2) knows it. */
class Served extends Identity {
  #scope: ScopeState;
  constructor(response: object, scope: ScopeState) {
    super(response);
    this.#scope = scope;
  }
  static read(response: object): ScopeState | undefined {
    return #scope in response ? response.#scope : undefined;
  }
}

/**
 * Responses of HTTP/1 that have not finished: nothing tells of a connection that is cut. They are
 * held until they are first looked at, and weakly from then on.
 */
const young = new Map<ScopeState, object>();
const old = new Map<ScopeState, WeakRef<object>>();

type Message = Readonly<Record<string, unknown>>;

function hear(channel: string, note: (message: Message) => void): Undo {
  const listener = (message: unknown): void => { note(message as Message); };
  diagnostics_channel.subscribe(channel, listener);
  return () => { diagnostics_channel.unsubscribe(channel, listener); };
}

const noteArrival = guarded((request: unknown, response: unknown): void => {
  if (!isObject(request) || !isObject(response) || !Object.isExtensible(response)) return;
  const scope = serve('HTTPINCOMINGMESSAGE', ownValue(request, 'method'), ownValue(request, 'url'), response);
  if (scope === undefined) return;
  young.set(scope, response);
  groupResource(scope);
});

const noteStream = guarded((stream: unknown, headers: unknown): void => {
  if (!isObject(stream) || !isObject(headers)) return;
  serve('HTTP2SESSION', ownValue(headers, ':method'), ownValue(headers, ':path'), stream);
});

/** Nothing, where it does not arrive from the network: a stream that is pushed. */
function serve(resource: string, method: unknown, url: unknown, response: object): ScopeState | undefined {
  const call = runningCallback(resource);
  if (call === undefined) return undefined;
  const scope = enterGroup(call, `${text(method)} ${pathOf(text(url))}`, 'request');
  if (scope !== undefined) new Served(response, scope);
  return scope;
}

const noteFinish = guarded((response: unknown): void => {
  if (isObject(response)) end(Served.read(response));
});

const noteClosed = guarded((stream: unknown): void => {
  if (isObject(stream)) end(Served.read(stream), CUT);
});

function end(scope: ScopeState | undefined, cut?: string): void {
  if (scope === undefined) return;
  if (!young.delete(scope)) old.delete(scope);
  exitGroup(scope, cut);
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
  if (young.size + old.size > 0) isClosed ??= findGetter();
  let left = MOST_LOOKED_AT;
  for (const [scope, weak] of old) {
    if (left-- === 0) break;
    const response = weak.deref();
    if (response === undefined || isClosed?.call(response) === true) end(scope, CUT);
  }
  for (const [scope, response] of young) {
    if (isClosed?.call(response) === true) {
      end(scope, CUT);
      continue;
    }
    idOfScope(scope);
    old.set(scope, new WeakRef(response));
  }
  young.clear();
});

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
