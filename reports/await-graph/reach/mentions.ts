/**
 * Which variables a function can touch: those whose names occur in its text, which holds the text of
 * the functions within it. A name in a comment counts as well: more is harmless, less is not.
 */

export interface Mentions {
  readonly names: ReadonlySet<string>;
  /** It may load or look up other modules. */
  readonly modules: boolean;
  /** It may touch any global, by a name made at run time. */
  readonly globals: boolean;
}

const NAME = /[\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*/gu;
const MODULES = ['require', 'import', 'module', 'mainModule', 'createRequire', 'getBuiltinModule'];
const GLOBALS = ['globalThis', 'global', 'self', 'window', 'Function', 'runInThisContext', 'runInContext', 'compileFunction'];

/** `undefined`: it may touch whatever is in its scope. */
export function readMentions(text: string | undefined): Mentions | undefined {
  if (text === undefined || text.length === 0 || text.includes('[native code]')) return undefined;
  // Names can be written with escapes, and eval makes code at run time.
  if (/\\u/.test(text) || /\beval\b/.test(text)) return undefined;
  const names = new Set(text.match(NAME) ?? []);
  return {
    names,
    modules: MODULES.some((name) => names.has(name)),
    globals: GLOBALS.some((name) => names.has(name)),
  };
}
