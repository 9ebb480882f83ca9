/** Tests of a test runner. */
import type { ScopeId } from './ids.ts';

/** The scope, of kind `test`, that was entered just before is that of a test. Written when something inside is. */
export interface TestSeen {
  readonly kind: 'test-seen';
  readonly scope: ScopeId;
  /** From the outermost suite to the test. */
  readonly titles: readonly string[];
  /** As the runner names it: an absolute path mostly. Absent: it does not say. */
  readonly file?: string;
  /** The runner's own name for it, the same in all its processes. Absent: it has none. */
  readonly id?: string;
  readonly atMs: number;
}
