/** Scopes that a user or a profile declares: pairs of a library's functions. */

/**
 * Ways in, ways out, and what needs the scope open.
 *
 * Paths such as `Pool.prototype.connect` begin at what a module exports; `default.connect` is a method
 * of its default export, and `default` alone what a CommonJS module exports as a function. `create().open`
 * is a method of what a function gives or promises, `new Pool` the making of an instance.
 *
 * A carrier is the object that stands for the scope, the same one on the way in and on the way out:
 * `this`, `result` (what is returned, or what the returned promise is fulfilled with), `argument 0`,
 * `given 0` (what the callback among the arguments is called with), and a property of these, as in
 * `this.lock` or `this.stack.at(-1)`.
 */
export interface ScopeDeclaration {
  /** What its scopes are called. `{0}` stands for the first argument, where that is a text or a number. Default: the package and the way in. */
  readonly name?: string;
  /** As it is installed in `node_modules`. Absent: `module` is a file of the program's own. */
  readonly package?: string;
  /** The file of the way in: inside the package, or one of the program's own. Default: any of the package. */
  readonly module?: string;
  /** Path of the function that enters, or several. */
  readonly enter: string | readonly string[];
  /** Default: `this` when the way out is a method of a class, otherwise `result`. */
  readonly carrier?: string;
  /**
   * The ways out: paths, or names of methods of the carrier. `returned`: the function that `enter`
   * returns, or promises, is the way out. `settled`: the scope lasts until `enter` has returned, and the
   * promise that it returned is settled.
   */
  readonly exit: 'returned' | 'settled' | readonly (string | DeclaredExit)[];
  /** Methods that need the scope to be open, named like ways out. */
  readonly use?: readonly (string | DeclaredExit)[];
  /** What is a mistake. Default: everything. */
  readonly expect?: DeclaredExpectations;
}

export interface DeclaredExit {
  /** Path of the function, or name of a method of the carrier. */
  readonly method: string;
  /** Default: `this`. */
  readonly carrier?: string;
  /** False: what is called there is nobody's decision, such as the other side's goodbye. */
  readonly owner?: boolean;
}

export interface DeclaredExpectations {
  /** Only the owner exits it. */
  readonly owner?: boolean;
  /** It is exited once. */
  readonly once?: boolean;
  /** It is exited before its owner and the program end. */
  readonly exit?: boolean;
}

/** An expectation that does not hold for a scope, although its kind has it. */
export type Waiver = keyof DeclaredExpectations;

const KEYS = ['name', 'package', 'module', 'enter', 'carrier', 'exit', 'use', 'expect'];
const EXPECTED = ['owner', 'once', 'exit'];
const PATH = /^[\w$]+(\.[\w$]+)*$/;
const WAY_IN = /^(new )?[\w$]+(\(\))?(\.[\w$]+(\(\))?)*$/;
const CARRIER = /^(this|result|argument \d|given \d)(\.at\(-1\)|\.[\w$]+)*$/;

/**
 * What is wrong with a declaration, as the end of a sentence that begins with where it stands, for
 * example `.enter must be …`. Absent: nothing. `anywhere`: it may do without a package and a module.
 */
export function findFault(value: unknown, anywhere = false): string | undefined {
  if (!isObject(value)) return ' must be an object.';
  const stranger = Object.keys(value).find((key) => !KEYS.includes(key));
  if (stranger !== undefined) return `.${stranger} is not known. Known are: ${KEYS.join(', ')}.`;
  for (const key of ['name', 'package', 'module'] as const) {
    if (value[key] !== undefined && !isText(value[key])) return `.${key} must be a text that is not empty.`;
  }
  if (!anywhere && value['package'] === undefined && value['module'] === undefined) {
    return ' must have a package, as it is called in node_modules, or a module, a file of the program.';
  }
  if (!isWayIn(value['enter'])) return '.enter must be the path of a function in what the module exports, such as "Pool.prototype.connect", or a list of these.';
  return findCarrierFault('.carrier', value['carrier']) ?? findExitFault(value['exit']) ??
    (value['use'] === undefined ? undefined : findMethodsFault('.use', value['use'])) ?? findExpectFault(value['expect']);
}

/** What ends with a call cannot be entered, only called. */
function isWayIn(enter: unknown): boolean {
  if (Array.isArray(enter)) return enter.length > 0 && (enter as readonly unknown[]).every((one) => !Array.isArray(one) && isWayIn(one));
  return isText(enter) && WAY_IN.test(enter) && !enter.endsWith('()');
}

function findExitFault(exit: unknown): string | undefined {
  if (exit === 'returned' || exit === 'settled') return undefined;
  if (!Array.isArray(exit)) return '.exit must be "returned", "settled", or a list of methods, such as ["release"].';
  return findMethodsFault('.exit', exit);
}

function findMethodsFault(where: string, methods: unknown): string | undefined {
  if (!Array.isArray(methods) || methods.length === 0) return `${where} must be a list of methods that is not empty, such as ["release"].`;
  for (const [index, one] of (methods as readonly unknown[]).entries()) {
    const at = `${where}[${index}]`;
    if (isPath(one)) continue;
    if (!isObject(one) || !isPath(one['method'])) return `${at} must be a method, such as "release", or an object with a method and a carrier.`;
    const fault = findCarrierFault(`${at}.carrier`, one['carrier']);
    if (fault !== undefined) return fault;
    if (one['owner'] !== undefined && typeof one['owner'] !== 'boolean') return `${at}.owner must be true or false.`;
  }
  return undefined;
}

function findCarrierFault(at: string, carrier: unknown): string | undefined {
  if (carrier === undefined || (isText(carrier) && CARRIER.test(carrier))) return undefined;
  return `${at} must be "this", "result", "argument 0" or "given 0", or a property of these, such as "this.lock".`;
}

function findExpectFault(expect: unknown): string | undefined {
  if (expect === undefined) return undefined;
  if (!isObject(expect)) return '.expect must be an object.';
  const wrong = Object.keys(expect).find((key) => !EXPECTED.includes(key) || typeof expect[key] !== 'boolean');
  return wrong === undefined ? undefined : `.expect.${wrong} must be one of ${EXPECTED.join(', ')}, true or false.`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isPath(value: unknown): boolean {
  return isText(value) && PATH.test(value);
}
