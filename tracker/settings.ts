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
  /** How many times as long the program may take for its promises to be followed; Infinity: no bound. */
  readonly slowdown: number;
  /** For tests: promises are not followed from every so many on, up to the next callback. 0: never. */
  readonly pauseEvery: number;
}

const DEFAULTS: FullSettings = {
  memoryMiB: 64, captureShare: 0.02, blockAfterMs: 0, without: [], scopes: [], watcher: 0, slowdown: 2, pauseEvery: 0,
};

/** Reads the settings from the environment; what is missing or malformed is the default. */
export function readSettings(environment: NodeJS.ProcessEnv): FullSettings {
  const pauseEvery = numberIn(Number(environment[ENVIRONMENT.pauseEvery]), 1, 1_000_000) ?? 0;
  const text = environment[ENVIRONMENT.settings];
  if (text === undefined) return { ...DEFAULTS, pauseEvery };
  try {
    const given = JSON.parse(text) as Settings;
    return {
      pauseEvery,
      slowdown: given.slowdown === 'none' ? Infinity : (numberIn(given.slowdown, 1, 1000) ?? DEFAULTS.slowdown),
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
