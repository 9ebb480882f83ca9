import type { DumpProgram } from '../../reports/index.ts';
import type { Session } from './inspector/session.ts';

const ANSWER_WITHIN_MS = 5000;

const FACTS = `((process, { threadId }, { performance }) => ({
  pid: process.pid,
  thread: threadId,
  command: [...process.execArgv, ...process.argv.slice(1)],
  node: process.version,
  upMs: Math.round(performance.now()),
  traced: typeof process.env.SCOPE_TRACE_SESSION === 'string',
  session: process.env.SCOPE_TRACE_SESSION,
}))(process, require('node:worker_threads'), require('node:perf_hooks'))`;

/** What a program says of itself. */
export interface ProgramFacts {
  readonly facts: DumpProgram;
  /** The folder that its recording lies in, as its environment names it. Absent: it is not traced. */
  readonly recording?: string;
}

/** @throws {NoAnswer | Refused} */
export async function readProgramFacts(session: Session): Promise<ProgramFacts> {
  const { result, exceptionDetails } = await session.send(
    'Runtime.evaluate',
    { expression: FACTS, includeCommandLineAPI: true, returnByValue: true, silent: true },
    ANSWER_WITHIN_MS,
  );
  if (exceptionDetails !== undefined) return { facts: {} };
  const { session: recording, ...facts } = result.value as DumpProgram & { readonly session?: string };
  return { facts, ...(recording === undefined ? {} : { recording }) };
}

/** Bytes that the program's values take. */
export async function readHeapUse(session: Session): Promise<number> {
  return (await session.send('Runtime.getHeapUsage', {}, ANSWER_WITHIN_MS)).usedSize;
}
