import type { PackageFormat } from '../modules.ts';
import type { ScopeDeclaration } from '../protocol.ts';

/** The scopes of one library. Active where it is loaded. */
export interface Profile {
  /** As people call it; the name of its file. */
  readonly name: string;
  /** Of the code that is declared. Default: any. */
  readonly format?: PackageFormat;
  readonly scopes: readonly ScopeDeclaration[];
  /** What is set on responses, and is lost without a word when they have been sent. */
  readonly responses?: readonly ResponseSetter[];
}

/** A property of an object that stands for a response, with a setter that the library has made. */
export interface ResponseSetter {
  readonly package: string;
  /** The file that exports the object. */
  readonly module: string;
  readonly property: string;
  /** The property of that object that holds Node's own response. */
  readonly response: string;
}
