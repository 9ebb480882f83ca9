/** Tests of a test runner, by their scopes. */
import type { ScopeId } from '../../../tracker/protocol.ts';
import type { FamilyFold } from '../family.ts';

export interface SeenTest {
  /** From the outermost suite to the test. */
  readonly titles: readonly string[];
  readonly file?: string;
  readonly id?: string;
}

export function tests(): FamilyFold<ReadonlyMap<ScopeId, SeenTest>> {
  const seen = new Map<ScopeId, SeenTest>();
  return {
    add: (record) => {
      if (record.kind !== 'test-seen') return false;
      const { scope, titles, file, id } = record;
      seen.set(scope, { titles, ...(file === undefined ? {} : { file }), ...(id === undefined ? {} : { id }) });
      return true;
    },
    finish: () => seen,
  };
}
