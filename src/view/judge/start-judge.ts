import { Worker } from 'node:worker_threads';
import type { Verdict } from '../model/session.ts';
import type { JudgeSettings } from './judge-worker.ts';

/** What it may take, in MiB: a recording that needs more is judged at the end of the run. */
const MEMORY = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 };
const MEMORY_OF_REPLAY = { maxOldGenerationSizeMb: 1024 };

/** Starts the judge's thread. That it fails never ends the view: there are no findings then before the end. */
export function startJudge(settings: JudgeSettings, hear: (verdict: Verdict) => void): void {
  const file = import.meta.url.endsWith('.ts') ? './judge-worker.ts' : './judge-worker.js';
  const worker = new Worker(new URL(file, import.meta.url), { workerData: settings, execArgv: [], env: {}, resourceLimits: settings.replay ? MEMORY_OF_REPLAY : MEMORY });
  worker.on('message', hear);
  worker.on('error', (error) => {
    hear({ findings: [], final: false, limit: `Findings are no longer looked for while the program runs: ${error.message}. The summary at its end has them.` });
  });
  worker.unref();
}
