/** What the two module systems are asked, and whom they tell. None of the functions may throw. */
export interface ModuleObserver<Exports> {
  /** @param path - absolute */
  readonly isWatched: (path: string) => boolean;
  /** Exported functions and classes of a watched module that somebody wants to replace. */
  readonly replacedIn: (path: string) => readonly string[];
  /** A watched module has been evaluated. */
  readonly tell: (path: string, exports: Exports, replace: ReplaceExport) => void;
}

/**
 * Puts something else in the place of what a module exports under a name. False: that cannot be done.
 * `default` is what a CommonJS module exports as a whole.
 */
export type ReplaceExport = (name: string, value: object) => boolean;
