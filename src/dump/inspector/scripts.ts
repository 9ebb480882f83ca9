import type { Session } from './session.ts';

/** A script of the program, as its inspector announces it. */
export interface Script {
  /** `file:///…`, a path, `node:…`; empty for evaluated code. */
  readonly url: string;
  /** What its last line says, a `data:` URL too. Empty: no map. */
  readonly sourceMapUrl: string;
}

/** Scripts by the inspector's own number for them. */
export type Scripts = ReadonlyMap<string, Script>;

const ENABLE_WITHIN_MS = 3000;

/**
 * Lists every script, and keeps the list complete. Breakpoints and `debugger` statements stop nobody
 * on our account.
 *
 * @throws {NoAnswer} when the thread is in a native call
 */
export async function listScripts(session: Session, withinMs = ENABLE_WITHIN_MS): Promise<Scripts> {
  const scripts = new Map<string, Script>();
  session.on('Debugger.scriptParsed', ({ scriptId, url, sourceMapURL }) => {
    scripts.set(scriptId, { url, sourceMapUrl: sourceMapURL ?? '' });
  });
  await session.send('Debugger.enable', {}, withinMs);
  await session.send('Debugger.setSkipAllPauses', { skip: true }, withinMs);
  return scripts;
}
