/** Scopes that a user or a profile declares: pairs of a library's functions. */

/**
 * One way in, and the ways out.
 *
 * Paths such as `Pool.prototype.connect` begin at what a module exports; `default.connect` is a method
 * of its default export. A carrier is the object that stands for the scope, the same one on the way in
 * and on the way out: `this`, `result` (what is returned, or what the returned promise is fulfilled
 * with), `argument 0`, and a property of these, as in `this.lock`.
 */
export interface ScopeDeclaration {
  /** What its scopes are called. `{0}` stands for the first argument, where that is a text or a number. Default: the package and the way in. */
  readonly name?: string;
  /** As it is installed in `node_modules`. Absent: `module` is a file of the program's own. */
  readonly package?: string;
  /** The file of the way in: inside the package, or one of the program's own. Default: any of the package. */
  readonly module?: string;
  /** Path of the function that enters. */
  readonly enter: string;
  /** Default: `this` when the way out is a method of a class, otherwise `result`. */
  readonly carrier?: string;
  /**
   * The ways out: paths, or names of methods of the carrier. `returned`: the function that `enter`
   * returns, or promises, is the way out.
   */
  readonly exit: 'returned' | readonly (string | DeclaredExit)[];
  /** What is a mistake. Default: everything. */
  readonly expect?: DeclaredExpectations;
}

export interface DeclaredExit {
  /** Path of the function, or name of a method of the carrier. */
  readonly method: string;
  /** Default: `this`. */
  readonly carrier?: string;
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

const KEYS = ['name', 'package', 'module', 'enter', 'carrier', 'exit', 'expect'];
const EXPECTED = ['owner', 'once', 'exit'];
const PATH = /^[\w$]+(\.[\w$]+)*$/;
const CARRIER = /^(this|result|argument \d)(\.[\w$]+)*$/;

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
  if (!isPath(value['enter'])) return '.enter must be the path of a function in what the module exports, such as "Pool.prototype.connect".';
  return findCarrierFault('.carrier', value['carrier']) ?? findExitFault(value['exit']) ?? findExpectFault(value['expect']);
}

function findExitFault(exit: unknown): string | undefined {
  if (exit === 'returned') return undefined;
  if (!Array.isArray(exit) || exit.length === 0) return '.exit must be "returned", or a list of methods that is not empty, such as ["release"].';
  for (const [index, one] of (exit as readonly unknown[]).entries()) {
    const at = `.exit[${index}]`;
    if (isPath(one)) continue;
    if (!isObject(one) || !isPath(one['method'])) return `${at} must be a method, such as "release", or an object with a method and a carrier.`;
    const fault = findCarrierFault(`${at}.carrier`, one['carrier']);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function findCarrierFault(at: string, carrier: unknown): string | undefined {
  if (carrier === undefined || (isText(carrier) && CARRIER.test(carrier))) return undefined;
  return `${at} must be "this", "result" or "argument 0", or a property of these, such as "this.lock".`;
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
