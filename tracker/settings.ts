import { ENVIRONMENT, type InstrumentId, INSTRUMENTS, type ScopeDeclaration, type Settings } from './protocol.ts';

/** Settings with the defaults filled in. */
export interface FullSettings {
  readonly memoryMiB: number;
  readonly captureShare: number;
  /** 0: never asked. */
  readonly blockAfterMs: number;
  readonly without: readonly InstrumentId[];
  readonly scopes: readonly ScopeDeclaration[];
  /** 0: nobody watches. */
  readonly watcher: number;
}

const DEFAULTS: FullSettings = { memoryMiB: 64, captureShare: 0.02, blockAfterMs: 0, without: [], scopes: [], watcher: 0 };

/** Reads the settings from the environment; what is missing or malformed is the default. */
export function readSettings(environment: NodeJS.ProcessEnv): FullSettings {
  const text = environment[ENVIRONMENT.settings];
  if (text === undefined) return DEFAULTS;
  try {
    const given = JSON.parse(text) as Settings;
    return {
      memoryMiB: numberIn(given.memoryMiB, 1, 65_536) ?? DEFAULTS.memoryMiB,
      captureShare: numberIn(given.captureShare, 0, 1) ?? DEFAULTS.captureShare,
      blockAfterMs: numberIn(given.blockAfterMs, 1, 86_400_000) ?? DEFAULTS.blockAfterMs,
      without: Array.isArray(given.without) ? INSTRUMENTS.filter((id) => given.without?.includes(id)) : [],
      watcher: numberIn(given.watcher, 1, 2 ** 31) ?? DEFAULTS.watcher,
      // The command has checked them.
      scopes: Array.isArray(given.scopes) ? given.scopes : [],
    };
  } catch {
    return DEFAULTS;
  }
}

function numberIn(value: unknown, least: number, most: number): number | undefined {
  return typeof value === 'number' && value >= least && value <= most ? value : undefined;
}
