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
}))(process, require('node:worker_threads'), require('node:perf_hooks'))`;

/** What a program says of itself. @throws {NoAnswer | Refused} */
export async function readProgramFacts(session: Session): Promise<DumpProgram> {
  const { result, exceptionDetails } = await session.send(
    'Runtime.evaluate',
    { expression: FACTS, includeCommandLineAPI: true, returnByValue: true, silent: true },
    ANSWER_WITHIN_MS,
  );
  return exceptionDetails === undefined ? (result.value as DumpProgram) : {};
}

/** Bytes that the program's values take. */
export async function readHeapUse(session: Session): Promise<number> {
  return (await session.send('Runtime.getHeapUsage', {}, ANSWER_WITHIN_MS)).usedSize;
}
