/** What a closure is: built into V8, Node's own, the tracker's, or the program's. */
import type { FunctionName, ScriptPosition } from '../model.ts';
import type { HeapGraph } from './heap-graph.ts';

export interface FunctionFacts {
  readonly name: string;
  /** Name of the script; undefined for built-in and native functions. */
  readonly script: string | undefined;
  /** `PromiseCapabilityDefaultResolve`: which builtin it is, when it is one. */
  readonly builtin: string | undefined;
  /** Node's own, or the tracker's: not the program's. */
  readonly internal: boolean;
}

/** Builtins by which functions written in JavaScript are entered. */
const ENTRIES = /^(?:Interpreter|CompileLazy|Baseline|Instantiate|JSToWasm|DebugBreak)/;

export class Functions {
  readonly #heap: HeapGraph;
  readonly #own: ReadonlySet<string>;
  /** Facts by the function's shared part, which all its closures have in common. */
  readonly #shared = new Map<number, FunctionFacts>();

  constructor(heap: HeapGraph, ownScripts: readonly string[]) {
    this.#heap = heap;
    this.#own = new Set(ownScripts);
  }

  of(closure: number): FunctionFacts {
    const shared = this.#heap.follow(closure, 'shared');
    const code = this.#heap.follow(closure, 'code');
    const entered = code === -1 ? undefined : /^\((\w+) builtin (?:code|handle)\)$/.exec(this.#heap.nameOf(code))?.[1];
    const builtin = entered === undefined || ENTRIES.test(entered) ? undefined : entered;
    const known = this.#shared.get(shared);
    if (known !== undefined && shared !== -1) return known;
    const script = shared === -1 || builtin !== undefined ? undefined : this.#scriptOf(shared);
    const facts = {
      name: this.#heap.nameOf(closure),
      script,
      builtin,
      internal: script === undefined || isNodeScript(script) || this.#own.has(script),
    };
    this.#shared.set(shared, facts);
    return facts;
  }

  /** The tracker's. */
  isOwn(closure: number): boolean {
    const { script } = this.of(closure);
    return script !== undefined && this.#own.has(script);
  }

  nameOf(closure: number): FunctionName {
    const { name, script } = this.of(closure);
    const position = this.positionOf(closure);
    return {
      name,
      ...(script === undefined ? {} : { script }),
      id: this.#heap.idOf(closure),
      ...(script === undefined || position === undefined ? {} : { position }),
    };
  }

  positionOf(closure: number): ScriptPosition | undefined {
    const position = this.#heap.positionOf(closure);
    return position === undefined ? undefined : { scriptId: position.scriptId, line: position.line + 1, column: position.column + 1 };
  }

  /** V8 gives a script's node its name or URL. */
  #scriptOf(shared: number): string | undefined {
    for (const edge of ['script', 'script_or_debug_info']) {
      const script = this.#heap.follow(shared, edge);
      if (script === -1) continue;
      const name = this.#heap.nameOf(script);
      if (name === 'system / DebugInfo') return this.#scriptOf(script);
      return name === 'system / Script' ? '' : name;
    }
    return undefined;
  }
}

export function isNodeScript(script: string): boolean {
  return script.startsWith('node:');
}
