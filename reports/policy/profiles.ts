/** Known noise: what tools leave behind of their own, and that nobody can mend who merely uses them. */
import type { PlacedIgnore } from './ignores.ts';

export interface Profile {
  readonly id: 'test-runners' | 'dev-servers' | 'effect';
  readonly title: string;
  readonly ignores: readonly PlacedIgnore[];
}

function createProfile(id: Profile['id'], title: string, entries: readonly [packages: readonly string[], reason: string][]): Profile {
  return { id, title, ignores: entries.map(([packages, reason]) => ({ by: 'profile', where: id, package: packages, wholly: true, reason })) };
}

/**
 * An entry fits only findings that lie in its packages with every place that is known: what names a line of the user's
 * is never left out.
 */
export const profiles: readonly Profile[] = [
  createProfile('test-runners', 'Vitest, Jest, Mocha, AVA', [
    [['vitest', '@vitest/*', 'vite-node', 'tinypool'], 'Vitest keeps workers, timers and calls of its own beyond the test that runs, and ends them itself.'],
    [['jest', 'jest-*', '@jest/*'], 'Jest keeps workers, timers and calls of its own beyond the test that runs, and ends them itself.'],
    [['mocha', 'workerpool'], 'Mocha keeps timers and workers of its own beyond the test that runs, and ends them itself.'],
    [['ava', 'emittery'], 'AVA keeps its worker and its events open beyond the test that runs, and ends them itself.'],
  ]),
  createProfile('dev-servers', 'Vite, webpack, Next.js, tsx and others that watch and reload', [
    [['vite', 'rollup', '@rollup/*', 'rolldown', 'esbuild'], 'The server builds and watches for as long as it runs, whatever asked for it.'],
    [['webpack', 'webpack-*', 'watchpack', '@parcel/*', 'parcel'], 'The server builds and watches for as long as it runs, whatever asked for it.'],
    [['next', '@next/*', 'nuxt', '@nuxt/*', 'nitropack', 'astro', '@remix-run/dev'], 'The server compiles pages in the background, whatever asked for them.'],
    [['chokidar', 'tsx', 'nodemon'], 'It watches files for as long as it runs.'],
  ]),
  createProfile('effect', "Effect's scheduler", [
    [['effect', '@effect/*'], 'The scheduler resumes a fiber from whichever callback comes next; the fiber, and no promise, says what belongs together.'],
  ]),
];
