import type { PackageFormat } from '../modules.ts';
import type { ScopeDeclaration } from '../protocol.ts';

/** The scopes of one library. Active where it is loaded. */
export interface Profile {
  /** As people call it; the name of its file. */
  readonly name: string;
  /** Of the code that is declared. Default: any. */
  readonly format?: PackageFormat;
  readonly scopes: readonly ScopeDeclaration[];
}
