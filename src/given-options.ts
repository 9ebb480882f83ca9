/** What was given on the command line and in the configuration, with the defaults filled in. */
import { DEFAULT_ABORT_GRACE_MS, DEFAULT_BLOCK_AFTER_MS, DEFAULT_GRACE_MS, DEFAULT_LISTENER_GROWTH } from '../reports/index.ts';
import type { Config } from './config/read-config.ts';
import { EXIT } from './exit-codes.ts';
import type { Options, RunOptions } from './invocation.ts';
import type { Given } from './option-list.ts';
import { Problem } from './problem.ts';
import type { Threshold } from './threshold.ts';

export const DEFAULT_THRESHOLD: Threshold = { severity: 'violation', rules: [] };

export function commonOptions(given: Given, config: Config | undefined): Options {
  return {
    failOn: given.failOn ?? DEFAULT_THRESHOLD,
    strict: given.strict ?? false,
    graceMs: given.grace ?? DEFAULT_GRACE_MS,
    abortGraceMs: given.abortGrace ?? DEFAULT_ABORT_GRACE_MS,
    blockAfterMs: given.blockAfter ?? DEFAULT_BLOCK_AFTER_MS,
    listenerGrowth: given.listenerGrowth ?? DEFAULT_LISTENER_GROWTH,
    quiet: given.quiet ?? false,
    reports: given.report ?? [],
    ...baselineOf(given),
    ...(given.color === undefined ? {} : { color: given.color }),
    ...(config === undefined ? {} : { policy: config.policy }),
  };
}

/** @throws {Problem} when the baseline that is to be updated has no name */
function baselineOf({ baseline: file, updateBaseline: update = false }: Given): Pick<Options, 'baseline'> {
  if (file !== undefined) return { baseline: { file, update } };
  if (update) throw new Problem('--update-baseline: name the file: --baseline <file> --update-baseline', EXIT.usage);
  return {};
}

export function runOptions(given: Given, config: Config | undefined): RunOptions {
  return {
    ...commonOptions(given, config),
    ...(config === undefined || config.scopes.length === 0 ? {} : { scopes: config.scopes }),
    ...(given.trace === undefined ? {} : { trace: given.trace }),
    ...(given.memory === undefined ? {} : { memoryMiB: given.memory }),
    ...(given.budget === undefined ? {} : { budgetPercent: given.budget }),
    ...slowdownOf(given),
    view: given.view ?? true,
    ...(given.without === undefined ? {} : { without: given.without }),
    ...(given.otlp === undefined ? {} : { otlp: given.otlp }),
    ...(given.timeout === undefined ? {} : { timeoutMs: given.timeout }),
    ...(given.hangAfter === undefined ? {} : { hangAfterMs: given.hangAfter }),
  };
}

/** Who wants every call seen, whatever it costs, wants no bound on that. */
function slowdownOf({ slowdown, budget }: Given): Pick<RunOptions, 'slowdown'> {
  const bound = slowdown ?? (budget === 100 ? 'none' : undefined);
  return bound === undefined ? {} : { slowdown: bound };
}
