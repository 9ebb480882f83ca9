/** What Linux says of the processes of a session. Elsewhere only whether they run is known. */
import { readFileSync } from 'node:fs';
import { computedMs } from '../../watch/processor-time.ts';
import { isAlive } from '../../watch/traced-programs.ts';
import type { ProcessFacts, ProgramModel } from '../model/program.ts';
import type { ViewEvent } from '../state/view.ts';

export class ProcessWatch {
  readonly #computed = new Map<number, { readonly atMs: number; readonly ms: number }>();

  /** @param nowMs - of a clock that never goes back */
  look(programs: readonly ProgramModel[], nowMs: number): ViewEvent[] {
    return programs.flatMap((program): ViewEvent[] => {
      const pid = program.started?.pid;
      if (pid === undefined || program.isOver) return [];
      const alive = isAlive(pid);
      const facts = alive && program.started?.thread === 0 ? this.#facts(pid, nowMs) : undefined;
      return [{ kind: 'process', program, alive, ...(facts === undefined ? {} : { facts }) }];
    });
  }

  #facts(pid: number, nowMs: number): ProcessFacts | undefined {
    const rssBytes = readRss(pid);
    if (rssBytes === undefined) return undefined;
    const ms = computedMs([pid]);
    const last = this.#computed.get(pid);
    this.#computed.set(pid, { atMs: nowMs, ms });
    const cpu = last === undefined || nowMs <= last.atMs ? 0 : (ms - last.ms) / (nowMs - last.atMs);
    return { rssBytes, cpu };
  }
}

/** @see {@link https://man7.org/linux/man-pages/man5/proc_pid_status.5.html} */
function readRss(pid: number): number | undefined {
  try {
    const kib = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? undefined : Number(kib) * 1024;
  } catch {
    return undefined;
  }
}
