/** Whether a process is a Node.js program whose inspector may be asked for. A signal would end any other. */
import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { EXIT } from '../../exit-codes.ts';
import { Problem, systemCode } from '../../problem.ts';
import { childrenOf, commandLine, heldBy, isZombie, mayInspect, readFacts } from './process-facts.ts';
import type { ProcessFacts } from './process-facts.ts';

/** What every build of Node with an inspector holds, whatever it is called. */
const MARKER = 'Debugger listening on %s';
const BLOCK = 2 ** 22;

/** @throws {Problem} unless there is such a program, and we may look into it */
export function findProgram(pid: number): ProcessFacts {
  assertAlive(pid);
  const facts = readFacts(pid);
  if (facts === undefined) {
    // Without /proc the program's name is not known: the inspector's answer has to do.
    if (process.platform === 'linux') throw foreign(pid);
    return { pid, ownPid: pid, command: [], nodeOptions: '', sameNetwork: true };
  }
  if (isZombie(pid)) throw problem(`Process ${pid} has ended already; only its parent has not taken note. Name one that runs.`);
  if (!mayInspect(pid)) throw foreign(pid);
  if (!isNode(facts.executable)) throw problem(`Process ${pid} (${commandLine(facts)}) is no Node.js program. ${hintFor(pid)}`);
  const held = heldBy(pid);
  if (held !== undefined) {
    const remedy = held.startsWith('was') ? `Let it go on with: kill -CONT ${pid}` : 'Let that go first, and try again.';
    throw problem(`Process ${pid} (${commandLine(facts)}) ${held}, so it cannot answer. ${remedy}`);
  }
  if (!facts.sameNetwork) {
    throw problem(
      `Process ${pid} (${commandLine(facts)}) is in a container whose network is not ours. ` +
        'Run scope-trace inside it: docker exec <container> npx scope-trace dump <pid there>',
    );
  }
  return facts;
}

function assertAlive(pid: number): void {
  if (pid === process.pid) throw problem(`Process ${pid} is this command itself. Name the one that hangs.`);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'EPERM') throw foreign(pid);
    throw problem(`There is no process ${pid}. List those of Node.js with: pgrep -a node`);
  }
}

function foreign(pid: number): Problem {
  return problem(`Process ${pid} belongs to another user. Run scope-trace as that user, or as root.`);
}

function hintFor(pid: number): string {
  const child = childrenOf(pid).find((each) => isNode(readFacts(each.pid)?.executable));
  if (child === undefined) return 'A dump needs one: see pgrep -a node';
  return `Did you mean its child ${child.pid} (${child.command.slice(0, 60)})?`;
}

function isNode(executable: string | undefined): boolean {
  if (executable === undefined) return false;
  const name = basename(executable);
  if (/^(?:node|nodejs)(?:[-.]?\d[\w.-]*)?$/.test(name)) return true;
  return !/^(?:bun|deno)\b/.test(name) && holdsMarker(executable);
}

function holdsMarker(path: string): boolean {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const block = Buffer.alloc(BLOCK);
    // Blocks overlap, so that the marker may lie across their border.
    for (let at = 0; ; at += BLOCK - MARKER.length) {
      const read = readSync(file, block, 0, BLOCK, at);
      if (block.subarray(0, read).includes(MARKER)) return true;
      if (read < BLOCK) return false;
    }
  } catch {
    return false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

export function problem(message: string): Problem {
  return new Problem(message, EXIT.usage);
}
