/**
 * The parts of Node and of the language that the tracker listens to, one file each in
 * `tracker/instruments/`. `--without` leaves some out.
 */
export const INSTRUMENTS = [
  'disposable-stack',
  'async-generator',
  'async-local-storage',
  'abort',
  'effect',
  'effection',
  'http-request',
  'profiles',
  'handles',
  'test-runners',
  'synchronous-children',
] as const;

export type InstrumentId = (typeof INSTRUMENTS)[number];
