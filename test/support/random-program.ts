/**
 * Programs made by chance, all of them well structured: every scope is exited by the task that
 * owns it, all work is waited for. Whatever is found in one is a false alarm.
 */

/** A source of numbers that are the same for the same seed (mulberry32). */
function createRandom(seed: number): { below: (limit: number) => number; maybe: () => boolean } {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (limit) => Math.floor(next() * limit), maybe: () => next() < 0.5 };
}

const PROLOGUE = `import { enterScope, task, withScope } from 'scope-trace'
import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter, once } from 'node:events'
import { stat } from 'node:fs/promises'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'

const storage = new AsyncLocalStorage()
const timer = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const thenable = (ms) => ({ then: (resolve) => void setTimeout(resolve, ms) })
let tail = Promise.resolve()
const inTurn = (run) => (tail = tail.then(run, run))
`;

/** Ways to wait for a moment. */
const WAITS = [
  'await timer(1)', 'await sleep(2)', 'await turn()', 'await null', "await stat('.')", 'await thenable(1)',
  'await Promise.resolve().then(() => timer(1))', 'await new Promise((resolve) => process.nextTick(resolve))',
  'await new Promise((resolve) => queueMicrotask(resolve))',
  "{ const emitter = new EventEmitter(); setTimeout(() => emitter.emit('x'), 1); await once(emitter, 'x') }",
];

/** Functions of a program, made as its statements ask for them. */
class Writer {
  readonly functions: string[] = [];
  readonly #random;
  #names = 0;

  constructor(seed: number) {
    this.#random = createRandom(seed);
  }

  block(depth: number): string {
    const statements = Array.from({ length: 1 + this.#random.below(3) }, () => this.#statement(depth));
    return statements.join('\n');
  }

  #name(letter: string): string {
    return `${letter}${++this.#names}`;
  }

  #one<Item>(items: readonly Item[]): Item {
    return items[this.#random.below(items.length)] as Item;
  }

  #wait(): string {
    return this.#one(WAITS);
  }

  /** The name of a function that does something and ends. */
  #work(depth: number): string {
    const name = this.#name('f');
    const body = this.block(depth);
    const make = this.#one([
      () => `async function ${name}() { ${body} }`,
      () => `const ${name} = async () => { ${body} }`,
      () => `class C${name} { async run() { ${body} } }\nconst ${name} = () => new C${name}().run()`,
      () => `const ${name} = () => withScope('${name}', async () => { ${body} })`,
      () => `async function ${name}Body() { ${body} }\nasync function ${name}() { return ${name}Body() }`,
      () => `async function ${name}Body() { ${body} }\nfunction ${name}() { return ${name}Body().then((value) => value) }`,
    ]);
    this.functions.push(make());
    return name;
  }

  /** The name of a function that gives a scope away. */
  #open(): string {
    const name = this.#name('o');
    this.functions.push(`async function ${name}() { ${this.#wait()}\nconst scope = enterScope('${name}')\n${this.#wait()}\nreturn scope }`);
    return name;
  }

  /** The name of a generator that holds a scope while it runs. */
  #generator(): string {
    const name = this.#name('g');
    const cleanUp = this.#random.maybe() ? this.#wait() : '';
    this.functions.push(
      `async function* ${name}() { const scope = enterScope('${name}')\n` +
        `try { for (let n = 0; n < 3; n++) { ${this.#wait()}\nyield n } } finally { ${cleanUp}\nscope.exit() } }`,
    );
    return name;
  }

  #statement(depth: number): string {
    return depth <= 0 ? this.#wait() : this.#one([this.#calls, this.#scopes, this.#loops, this.#chains, this.#joins])(depth - 1);
  }

  readonly #calls = (depth: number): string => {
    const work = this.#work(depth);
    return this.#one([
      `await ${work}()`,
      `await task('${work}', ${work})`,
      `await storage.run(1, ${work})`,
      `await Promise.all([${work}(), inTurn(() => timer(1)), inTurn(() => timer(1))])`,
      `await new Promise((resolve, reject) => setTimeout(() => ${work}().then(resolve, reject), 1))`,
      `try { await (async () => { await ${work}(); throw new Error('expected') })() } catch { ${this.#wait()} }`,
      `for (let n = 0; n < 2; n++) { try { await ${work}(); if (n === 1) break } finally { ${this.#wait()} } }`,
    ]);
  };

  readonly #scopes = (depth: number): string => {
    const [scope, body] = [this.#name('s'), this.block(depth)];
    return this.#one([
      `{ const ${scope} = enterScope('${scope}')\ntry { ${body} } finally { ${this.#wait()}\n${scope}.exit() } }`,
      `await withScope('${scope}', async () => { ${body} })`,
      `{ const ${scope} = await ${this.#open()}()\ntry { ${body} } finally { ${scope}.exit() } }`,
      `{ const held = []\ntry { for (let n = 0; n < 2; n++) { const one = enterScope('${scope}')\n` +
        `held.push(async () => { ${this.#wait()}\none.exit() })\n${this.#wait()} } } finally { while (held.length > 0) await held.pop()() } }`,
    ]);
  };

  readonly #loops = (depth: number): string => {
    const [generator, body] = [this.#generator(), this.block(depth)];
    return this.#one([
      `for await (const value of ${generator}()) { ${body} }`,
      `for await (const value of ${generator}()) { ${body}\nbreak }`,
      `for await (const value of Readable.from(${generator}(), { highWaterMark: 1 })) { ${this.#wait()} }`,
      `{ const steps = ${generator}()\nawait steps.next()\n${this.#wait()}\nawait steps.next()\nawait steps.return() }`,
      `{ async function* outer() { yield* ${generator}() }\nfor await (const value of outer()) { ${this.#wait()} } }`,
      `await pipeline(Readable.from([1, 2]), async function* (source) { for await (const item of source) { ${body}\nyield item } }, ` +
        'new Writable({ objectMode: true, write(item, encoding, done) { setImmediate(done) } }))',
    ]);
  };

  readonly #chains = (depth: number): string => {
    const [work, open] = [this.#work(depth), this.#open()];
    return this.#one([
      `await ${open}().then((scope) => ${work}().finally(() => scope.exit()))`,
      `await Promise.all([1, 2].map(() => ${open}().then((scope) => ${work}().then(() => scope.exit()))))`,
      `await Promise.all([${work}().then(() => withScope('${work}', () => timer(1))), sleep(2)])`,
      `{ const pair = await Promise.all([${open}(), ${open}()])\n${this.#wait()}\npair[1].exit()\npair[0].exit() }`,
      `{ let chain = Promise.resolve()\nfor (let n = 0; n < 3; n++) chain = chain.then(() => ${work}())\nawait chain }`,
    ]);
  };

  readonly #joins = (depth: number): string => {
    const [first, second] = [this.#work(depth), this.#work(depth)];
    return this.#one([
      `await Promise.all([${first}(), ${second}(), timer(1)])`,
      `await Promise.all([1, 2, 3].map(() => ${first}()))\nawait ${second}()`,
      `{ const started = ${first}()\n${this.#wait()}\nawait started\nawait ${second}() }`,
      `{ const both = [${first}(), ${second}()]\nawait Promise.race(both)\nawait Promise.all(both) }`,
      `await Promise.allSettled([${first}(), (async () => { await ${second}(); throw new Error('expected') })()])`,
      `{ let shared\nconst get = () => (shared ??= ${first}())\n` +
        `await Promise.all([withScope('a', async () => { await get() }), withScope('b', async () => { await get(); await ${second}() }), get()]) }`,
      `{ const controller = new AbortController()\nconst loop = (async () => { const scope = enterScope('loop')\n` +
        `try { while (!controller.signal.aborted) { await ${first}(); await turn() } } finally { scope.exit() } })()\n` +
        `await ${second}()\ncontroller.abort()\nawait loop }`,
    ]);
  };
}

/** The text of an ES module. The same seed gives the same program. */
export function writeRandomProgram(seed: number): string {
  const writer = new Writer(seed);
  const body = Array.from({ length: 5 }, () => writer.block(3));
  return [PROLOGUE, ...writer.functions, ...body, "console.log('done')", ''].join('\n');
}
