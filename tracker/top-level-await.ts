/** An `await` at top level that nothing settled: what it waits for, step by step. */
import { announce } from './announce.ts';
import { emit } from './channel.ts';
import { atMs } from './clock.ts';
import type { WaitedFor } from './protocol.ts';
import {
  CALL, COLLECT, ENDED, GENERATOR, INFERRED, INPUT, INTERNAL, KIND, LOADER, type PromiseNode, RACED, THEN,
} from './promise-node.ts';
import { main } from './running.ts';
import { announceSite, type Site } from './sites.ts';

/** https://nodejs.org/api/process.html#exit-codes */
const UNSETTLED = 13;
const MOST_STEPS = 20;

/** To be called at the end of the program: `drained` when it had nothing left to do. */
export function writeTopLevelAwait(drained: boolean, exitCode: unknown): void {
  if (!drained || exitCode !== UNSETTLED || main.from === null) return;
  const at = main.details?.at ?? null;
  emit({ kind: 'top-level-await-left', call: announce(main), ...placed(at), ...doubt(main), atMs: atMs() });
  let node: PromiseNode | null = main.from;
  for (let steps = 0; node !== null && steps < MOST_STEPS; steps++) node = follow(node);
}

/** Writes what `node` is, and returns what it waits for in turn. */
function follow(node: PromiseNode): PromiseNode | null {
  if ((node.bits & ENDED) !== 0) return null;
  const kind = node.bits & KIND;
  if (kind === LOADER || kind === INPUT) return node.from;
  const members = kind === COLLECT ? pendingMembers(node) : [];
  const own = kind === CALL || kind === GENERATOR || kind === THEN;
  const call = own ? node : node.owner;
  const { at, place, handle } = node.details ?? { at: null, place: null, handle: null };
  if ((node.bits & INTERNAL) === 0 || handle !== null) {
    emit({
      kind: 'wait-followed',
      what: nameOf(node),
      ...(call === null ? {} : { call: announce(call) }),
      ...placed(own ? at : place),
      ...(kind === COLLECT ? { pending: members.length } : {}),
      ...(handle === null ? {} : { handle: handle.type }),
      ...doubt(node),
      atMs: atMs(),
    });
  }
  return kind === COLLECT ? (members[0] ?? null) : node.from;
}

function nameOf(node: PromiseNode): WaitedFor {
  switch (node.bits & KIND) {
    case CALL:
      return 'call';
    case GENERATOR:
      return 'generator';
    case THEN:
      return 'then';
    case COLLECT:
      return (node.bits & RACED) === 0 ? 'collection' : 'race';
    default:
      return 'promise';
  }
}

/** What was given to `Promise.all` and its like and has not settled, in that order. */
function pendingMembers(node: PromiseNode): PromiseNode[] {
  const members: PromiseNode[] = [];
  for (let input = node.child; input !== null; input = input.sibling) {
    if ((input.bits & ENDED) === 0 && input.from !== null && (input.from.bits & ENDED) === 0) members.push(input.from);
  }
  return members.reverse();
}

function placed(site: Site | null): { readonly at?: number } {
  return site === null ? {} : { at: announceSite(site) };
}

function doubt(node: PromiseNode): { readonly inferred?: true } {
  return (node.bits & INFERRED) === 0 ? {} : { inferred: true };
}
