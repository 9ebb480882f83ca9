/** A task of a group while it runs: its name, since when, and where it was started. */
import type { Unit } from './ambient.ts';
import { capturePlace } from './places.ts';

export class RunningUnit implements Unit {
  readonly name: string;
  readonly shielded: boolean;
  readonly startedAt = performance.now();
  readonly origin: { readonly stack?: string } | undefined;
  draining = 0;
  ended = false;

  constructor(name: string, shielded: boolean, below: (...args: never[]) => unknown) {
    this.name = name;
    this.shielded = shielded;
    this.origin = capturePlace(below);
  }
}
