/**
 * - `explicit`: entered through this package's library or its diagnostics channels
 * - `stack`: a `DisposableStack` or an `AsyncDisposableStack`
 * - `declared`: a pair of a library's methods that a profile or the user declared
 * - `request`: an HTTP request that is served
 * - `bounded`: a declared scope that lasts as long as a call of the library and what it promised
 * - `fiber`: a scope of a framework of structured concurrency
 * - `test`: a test that a test runner runs
 */
export const SCOPE_KINDS = ['explicit', 'stack', 'declared', 'request', 'bounded', 'fiber', 'test'] as const;

export type ScopeKind = (typeof SCOPE_KINDS)[number];
