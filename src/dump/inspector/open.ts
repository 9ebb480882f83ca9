/** Finds the inspector of a program that was not started by us, opens it when it is closed, and closes what it opened. */
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.ts';
import { endInspector } from './end-inspector.ts';
import { findSocket } from './endpoint.ts';
import { readFlags } from './flags.ts';
import { callGuard } from './guard.ts';
import type { Guard } from './guard.ts';
import { findProgram, problem } from './node-program.ts';
import { connectionsTo, portsOf } from './ports.ts';
import type { Listening } from './ports.ts';
import { childrenOf, commandLine, sleepsInRead, waitingIn, waitsForEvents } from './process-facts.ts';
import type { ProcessFacts } from './process-facts.ts';

const OPEN_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 10;
const FREE_WITHIN_MS = 3000;
const READ_LOOKS = 20;

/** An open inspector, and what becomes of it. */
export interface Inspection {
  readonly connection: Connection;
  /** Absent: found by an address, and not asked yet. */
  readonly facts?: ProcessFacts;
  /** It was closed before we came. */
  readonly opened: boolean;
  /** Somebody else debugs the program. */
  readonly othersAttached: boolean;
  /** Leaves it as it was found. Resolves to a sentence when that is not possible. */
  readonly close: () => Promise<string | undefined>;
}

/** @throws {Problem} when the program cannot be inspected, with what to do */
export async function openInspector(pid: number): Promise<Inspection> {
  const facts = findProgram(pid);
  const flags = readFlags(facts);
  const known = portsOf(pid) ?? [{ port: flags.port, host: '127.0.0.1' as const }];
  for (const listening of candidates(known, flags)) {
    const url = await findSocket(listening.host, listening.port);
    if (url !== undefined) return inspect(await connect(url, pid), { facts, listening });
  }
  return openClosed(facts, flags.disabled, known);
}

/** Those of a program's ports where an inspector may be. Its own servers are left alone. */
function candidates(known: readonly Listening[], flags: ReturnType<typeof readFlags>): readonly Listening[] {
  const anywhere = flags.fromStart && flags.port === 0;
  return known.filter(({ port }) => anywhere || port === flags.port || port === 9229);
}

async function openClosed(facts: ProcessFacts, disabled: boolean, before: readonly Listening[]): Promise<Inspection> {
  const { pid } = facts;
  if (disabled || facts.catchesSigusr1 === false) throw withoutSignal(facts, disabled);
  const { port } = readFlags(facts);
  if (port !== 0 && (await isTaken(port))) throw portTaken(facts, port);
  if (await staysInRead(pid)) throw inRead(facts);
  const guard = callGuard({ pid, before: before.map(({ port }) => port) });
  process.kill(pid, 'SIGUSR1');
  const listening = await appear(pid, before);
  if (listening === undefined) throw notOpened(facts);
  const url = await findSocket(listening.host, listening.port);
  if (url === undefined) throw problem(`Process ${pid} does not answer at its port ${listening.port}. Try again, or name its inspector with --inspect-url.`);
  return inspect(await connect(url, pid), { facts, listening, guard });
}

/** Those of files are over soon. */
async function staysInRead(pid: number): Promise<boolean> {
  for (let look = 0; look < READ_LOOKS; look++) {
    if (!sleepsInRead(pid)) return false;
    await sleep(LOOK_EVERY_MS);
  }
  return true;
}

function inRead(facts: ProcessFacts): Error {
  return problem(
    `Process ${facts.pid} (${commandLine(facts)}) is in a synchronous call, ${waitingIn(facts.pid)}, which the signal that opens its inspector would ` +
      'make fail (EINTR): nothing was sent. Try again when the call is over, or start the program with --inspect=0 and name that address with --inspect-url.',
  );
}

/** The port that was not there before. Seen twice: a traced program may open its inspector elsewhere first, for a moment. */
async function appear(pid: number, before: readonly Listening[]): Promise<Listening | undefined> {
  const until = performance.now() + OPEN_WITHIN_MS;
  let last: number | undefined;
  while (performance.now() < until) {
    const found = (portsOf(pid) ?? []).find(({ port }) => !before.some((each) => each.port === port));
    if (found !== undefined && found.port === last) return found;
    last = found?.port;
    await sleep(LOOK_EVERY_MS);
  }
  return undefined;
}

interface Found {
  readonly facts?: ProcessFacts;
  readonly listening?: Listening;
  /** Present: we opened it. */
  readonly guard?: Guard;
}

function inspect(connection: Connection, { facts, listening, guard }: Found): Inspection {
  const others = (): number => {
    if (facts === undefined || listening === undefined) return 0;
    return connectionsTo(facts.pid, listening.port) - (connection.isOpen ? 1 : 0);
  };
  let closing: Promise<string | undefined> | undefined;
  const leave = async (): Promise<string | undefined> => {
    if (guard === undefined || facts === undefined || listening === undefined) {
      await connection.close();
      return undefined;
    }
    if (others() > 0) {
      guard.dismiss();
      await connection.close();
      return `Another debugger has come to port ${listening.port} meanwhile, so the inspector of process ${facts.pid} stays open.`;
    }
    await endInspector(connection);
    const open = portsOf(facts.pid)?.some(({ port }) => port === listening.port) ?? false;
    // Otherwise whoever watches over us tries again when we have gone.
    if (!open) guard.dismiss();
    return open ? `The inspector of process ${facts.pid} is still open on port ${listening.port}: the program did not answer.` : undefined;
  };
  return {
    connection,
    ...(facts === undefined ? {} : { facts }),
    opened: guard !== undefined,
    othersAttached: others() > 0,
    close: () => (closing ??= leave()),
  };
}

/**
 * An inspector that the user names: `ws://…` as Node prints it, or `http://host:port`.
 *
 * @param pid - absent: whoever answers there
 * @throws {Problem}
 */
export async function openByAddress(address: string, pid?: number): Promise<Inspection> {
  const url = parse(address);
  const socket = url.protocol === 'ws:' && url.pathname.length > 1 ? url.href : await findSocket(url.hostname.replace(/[[\]]/g, ''), Number(url.port || 9229));
  if (socket === undefined) throw problem(`There is no inspector at ${address}. Name it as Node prints it: ws://127.0.0.1:9229/…`);
  return inspect(await connect(socket, pid), pid === undefined ? {} : { facts: findProgram(pid) });
}

function parse(address: string): URL {
  const text = /^[a-z]+:\/\//.test(address) ? address : `http://${address}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['ws:', 'http:'].includes(url.protocol)) {
    throw problem(`--inspect-url ${address} is no address of an inspector. Write ws://127.0.0.1:9229/… or http://127.0.0.1:9229`);
  }
  if (/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname)) return url;
  throw problem(
    `--inspect-url ${address} is on another machine, and an inspector obeys whoever reaches it. ` +
      `Bring it here by a tunnel: ssh -N -L 9229:localhost:${url.port || '9229'} ${url.hostname}`,
  );
}

async function connect(url: string, pid: number | undefined): Promise<Connection> {
  try {
    return await Connection.open(url);
  } catch (error) {
    const who = pid === undefined ? url : `process ${pid}`;
    throw problem(`The inspector of ${who} takes no connection: ${error instanceof Error ? error.message : String(error)}. Is another debugger attached? End it and try again.`);
  }
}

function withoutSignal(facts: ProcessFacts, disabled: boolean): Error {
  const who = `Process ${facts.pid} (${commandLine(facts)})`;
  const why = disabled ? 'was started with --disable-sigusr1' : 'takes no SIGUSR1: its inspector is disabled or not built in, or it has only just started';
  return problem(`${who} ${why}. Start it with --inspect=0 and name that address with --inspect-url, or run it under scope-trace.`);
}

/** Another dump may be at it; whoever else is there stays. */
async function isTaken(port: number): Promise<boolean> {
  const until = performance.now() + FREE_WITHIN_MS;
  while (await answers(port)) {
    if (performance.now() > until) return true;
    await sleep(LOOK_EVERY_MS * 10);
  }
  return false;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    const tell = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', tell(true)).once('error', tell(false));
  });
}

function portTaken(facts: ProcessFacts, port: number): Error {
  return problem(
    `Process ${facts.pid} (${commandLine(facts)}) cannot open its inspector: port ${port} is taken by another program, which may be ` +
      'debugged as well. End that first, or start this one with --inspect-port=0.',
  );
}

/** Why no port appeared: the main thread is away, or the program took the signal for itself. */
function notOpened(facts: ProcessFacts): Error {
  const [child] = childrenOf(facts.pid);
  if (child === undefined && waitsForEvents(facts.pid)) {
    return problem(
      `Process ${facts.pid} (${commandLine(facts)}) did not open its inspector within ${OPEN_WITHIN_MS / 1000} s though its event loop turns: it handles ` +
        'SIGUSR1 itself, and has got that signal now. Start it with --inspect=0 and name that address with --inspect-url, or run it under scope-trace.',
    );
  }
  const asleep = waitingIn(facts.pid);
  const state = asleep === '' ? '' : `, its main thread is in ${asleep}`;
  const waits = child === undefined ? '' : ` It may wait for its child ${child.pid} (${child.command.slice(0, 60)}).`;
  return problem(
    `Process ${facts.pid} (${commandLine(facts)}) did not open its inspector within ${OPEN_WITHIN_MS / 1000} s: it is in a synchronous ` +
      `call that cannot be interrupted${state}, or it handles SIGUSR1 itself.${waits} Try again when the call is over, or name an open inspector with --inspect-url.`,
  );
}
