/** Programs that wait: what a dump of each says must be what the program's own comments say. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { formatDump, plainStyle } from '../reports/index.ts';
import type { Dump, PendingPromise, Verdict, WaitingTask } from '../reports/index.ts';
import { nodeLines } from './support/node-lines.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(ROOT, 'test/programs/hangs');
const schema = JSON.parse(readFileSync(join(ROOT, 'reports/await-graph/dump.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true }).compile(schema);
const programs = readdirSync(FOLDER).filter((name) => name.endsWith('.mjs'));
// The one that takes the heaps needs a WebSocket.
const taker = nodeLines.find(({ name }) => name !== '20');

function takeDump(node: string, program: string): Dump {
  const args = [join(ROOT, 'test/support/take-dump.mjs'), join(ROOT, 'dist'), node, join(FOLDER, program)];
  const { stdout, stderr, status } = spawnSync(taker?.path ?? '', args, { encoding: 'utf8', maxBuffer: 1e9 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Dump;
}

/** `deadlock 22`: the lines of the tasks of a certain verdict, and of those that alone await them. */
function linesOf(verdict: Verdict, dump: Dump): string[] {
  const found = new Set<string>();
  for (const id of verdict.tasks) {
    let task = dump.tasks.find((each) => each.id === id);
    for (let far = 0; task !== undefined && far < 3; far++) {
      if (task.place !== undefined) found.add(`${verdict.kind} ${task.place.line}`);
      const { result }: WaitingTask = task;
      task = result === undefined ? undefined : dump.tasks.find((each) => each.awaits === result);
    }
  }
  return [...found];
}

function expectedVerdicts(source: string): string[] {
  return source.split('\n').flatMap((text, at) => {
    const kind = /\/\/ expect: (\w+)$/.exec(text)?.[1];
    return kind === undefined ? [] : [`${kind} ${at + 1}`];
  });
}

/** `main › all › one › acquire › Lock#q`: every way from a task that nobody waits for to an end. */
function waysOf(dump: Dump): string[] {
  const tasks = new Map(dump.tasks.map((task) => [task.id, task]));
  const promises = new Map(dump.promises.map((promise) => [promise.id, promise]));
  const leaves = new Map([...dump.leaves, ...dump.handles].map((leaf) => [leaf.id, leaf]));
  const below = (id: number, seen: readonly number[]): string[][] => {
    const promise = promises.get(id);
    return promise === undefined || seen.includes(id) ? [[]] : belowPromise(promise, [...seen, id]);
  };
  const belowPromise = ({ settledBy }: PendingPromise, seen: readonly number[]): string[][] => {
    switch (settledBy.kind) {
      case 'task':
      case 'step': {
        const task = tasks.get(settledBy.task);
        return task === undefined ? [[]] : ofTask(task, seen);
      }
      case 'follows':
        return below(settledBy.source, seen);
      case 'then':
        return below(settledBy.source, seen).map((way) => [settledBy.method, ...way]);
      case 'combinator':
        return settledBy.members.flatMap((member) => below(member, seen)).map((way) => [settledBy.name, ...way]);
      case 'nothing':
        return [['nothing']];
      case 'unread':
        return settledBy.leads.flatMap((lead) => below(lead, seen));
      default:
        return [settledBy.heldBy.map((leaf) => leaves.get(leaf)?.label ?? '?')];
    }
  };
  const ofTask = (task: WaitingTask, seen: readonly number[]): string[][] =>
    below(task.awaits, seen).map((way) => (task.internal ? way : [task.name, ...way]));
  return dump.roots.flatMap((id) => tasks.get(id) ?? []).flatMap((task) => ofTask(task, [])).map((way) => way.join(' › '));
}

function expectedWays(source: string): string[] {
  return [...source.matchAll(/^\/\/ waits: (.+)$/gm)].map((match) => match[1] ?? '');
}

describe.skipIf(taker === undefined)('a dump of a program that waits', () => {
  for (const line of nodeLines) {
    describe(`on Node ${line.name}`, () => {
      for (const program of programs) {
        it(`says of ${program} what it says of itself`, () => {
          const source = readFileSync(join(FOLDER, program), 'utf8');
          const dump = takeDump(line.path, program);
          expect(validate(dump), JSON.stringify(validate.errors)).toBe(true);
          const expected = expectedVerdicts(source);
          const told = dump.verdicts.filter(({ certain }) => certain).map((verdict) => linesOf(verdict, dump));
          expect(told.filter((lines) => !lines.some((each) => expected.includes(each)))).toEqual([]);
          expect(expected.filter((each) => !told.flat().includes(each))).toEqual([]);
          const ways = waysOf(dump);
          expect(expectedWays(source).filter((way) => !ways.includes(way)), ways.join('\n')).toEqual([]);
          const text = formatDump(dump, { style: plainStyle, width: 100 });
          for (const each of expected) expect(text.slice(0, 2000)).toContain(`:${each.split(' ')[1] ?? ''}:`);
        });
      }
    });
  }
});
