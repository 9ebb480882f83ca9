/** What the two module systems are asked, and whom they tell. Neither function may throw. */
export interface ModuleObserver<Exports> {
  /** @param path - absolute */
  readonly isWatched: (path: string) => boolean;
  /** A watched module has been evaluated. */
  readonly tell: (path: string, exports: Exports) => void;
}
