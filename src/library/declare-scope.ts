import { findFault } from '../../tracker/protocol.ts';
import type { ScopeDeclaration } from '../../tracker/protocol.ts';
import { isHeard, publish } from './announcements.ts';

/**
 * Makes a scope of two functions of a library, or of the program's own: from now on a call of the one
 * enters it, and a call of the other exits it. Call it before the package is loaded, or give what has
 * been loaded.
 *
 * @param exports - what the paths begin at: the namespace of a loaded module, or any object with the
 * class that is meant, as in `{ Pool }`. Absent: the package's modules as they are loaded
 * @throws {TypeError} when it says something that is no declaration; without the tracker nothing is looked at
 */
export function declareScope(declaration: ScopeDeclaration, exports?: object): void {
  if (!isHeard('declare')) return;
  const fault = findFault(declaration, exports !== undefined);
  if (fault !== undefined) throw new TypeError(`The declaration of a scope is wrong: declaration${fault}`);
  publish('declare', exports === undefined ? { declaration } : { declaration, exports });
}
