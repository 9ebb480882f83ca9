/** What people write, and what becomes of it. `undefined`: the shape is not one that is known to be cured so. */
import type { Shape } from './shapes.ts';

export interface Row {
  readonly shape: Shape;
  readonly code: string;
  /** The cure's `after`. */
  readonly after: string | undefined;
  /** Its name, which tells the language. Absent: JavaScript. */
  readonly file?: string;
}

const race = (code: string, after?: string): Row => ({ shape: 'race', code, after });
const group = (code: string, after?: string): Row => ({ shape: 'group', code, after });
const timer = (code: string, after?: string): Row => ({ shape: 'timer', code, after });
const iterator = (code: string, after?: string): Row => ({ shape: 'iterator', code, after });

const TIMEOUT = '\nasync function timeout(ms) { await sleep(ms); throw new Error(`no answer within ${ms} ms`) }';
const SLOW = '\nfunction late(ms) { return new Promise((_, reject) => setTimeout(reject, ms * 1000)) }';

export const races: readonly Row[] = [
  race(
    `async function count() {\n  return await Promise.¦race([query('select * from orders'), timeout(30)]) // soon\n}\nasync function query(sql) {}${TIMEOUT}`,
    `return await deadline(30, ({ signal }) => query('select * from orders', { signal })) // soon`,
  ),
  race(`const x = await Promise.¦race([work(), timeout(100)]);${TIMEOUT}`, 'const x = await deadline(100, () => work());'),
  race(`const x = await Promise.race([¦work(), timeout(100)]);${TIMEOUT}`, 'const x = await deadline(100, () => work());'),
  race(`const x = await Promise.¦race([timeout(100), work()]);${TIMEOUT}`, 'const x = await deadline(100, () => work());'),
  race(`return Promise.¦race([work({ retries: 2 }), timeout(100)]);\nfunction work(options) {}`, `return deadline(100, ({ signal }) => work({ retries: 2, signal }));`),
  race('const a = await Promise.¦race([fetch(url), rejectAfter(250)]);', 'const a = await deadline(250, ({ signal }) => fetch(url, { signal }));'),
  race("const a = await Promise.¦race([fetch(url, { method: 'POST' }), rejectAfter(250)]);", "const a = await deadline(250, ({ signal }) => fetch(url, { method: 'POST', signal }));"),
  race('const a = await Promise.¦race([fetch(url, {}), rejectAfter(250)]);', 'const a = await deadline(250, ({ signal }) => fetch(url, { signal }));'),
  race('const a = await Promise.¦race([fetch(url, { headers, }), rejectAfter(250)]);', 'const a = await deadline(250, ({ signal }) => fetch(url, { headers, signal }));'),
  race('const a = await Promise.¦race([fetch(url, { signal }), rejectAfter(250)]);', 'const a = await deadline(250, () => fetch(url, { signal }));'),
  race(
    `  const x = await Promise.¦race([\n    fetch(url, { method: "]) {" }), // the \`request\n    new Promise((_, reject) => setTimeout(() => reject(new Error("late, too")), 5_000)),\n  ]);`,
    'const x = await deadline(5_000, ({ signal }) => fetch(url, { method: "]) {", signal }));',
  ),
  race('const x = await Promise.race([read(), new Promise((_, reject) => ¦setTimeout(reject, ms))]);', 'const x = await deadline(ms, () => read());'),
  race('const x = await Promise.¦race([read(), new Promise<never>((_, reject) => setTimeout(reject, ms))]);'),
  race('const x = await Promise.¦race([read(), new Promise((_, reject) => { setTimeout(() => { reject(new Error(`after ${ms} ms`)); }, ms); })]);', 'const x = await deadline(ms, () => read());'),
  race('const x: Row[] = await Promise.¦race([db.query(sql, [a, b]), timeout(this.timeoutMs)]) as Row[];', 'const x: Row[] = await deadline(this.timeoutMs, () => db.query(sql, [a, b])) as Row[];'),
  race('await Promise.¦race([this.#db.close(), sleep(50)])', 'await moveOnAfter(50, () => this.#db.close())'),
  race('await Promise.¦race([stop(), new Promise((resolve) => setTimeout(resolve, 1000))]);', 'await moveOnAfter(1000, () => stop());'),
  race('for (const one of all) await Promise.¦race([stop(one), sleep(50)])', 'await moveOnAfter(50, () => stop(one))'),
  race('if (isOpen)\n  await Promise.¦race([stop(), sleep(50)]);\nelse done()', 'await moveOnAfter(50, () => stop());'),
  race('send(await Promise.¦race([read(), timeout(100)]), target)', 'send(await deadline(100, () => read()), target)'),
  race('export const read = () => Promise.¦race([get(), timeout(100)])', 'export const read = () => deadline(100, () => get())'),
  race('const o = { read: () => Promise.¦race([get(), timeout(100)]) }', 'const o = { read: () => deadline(100, () => get()) }'),
  race('const text = `${await Promise.¦race([get(), timeout(100)])} B`', 'const text = `${await deadline(100, () => get())} B`'),
  // Its value tells whether time was up: somebody may look at it.
  race('const x = await Promise.¦race([work(), sleep(50)])'),
  race("await Promise.¦race([work(), new Promise((resolve) => setTimeout(() => resolve(value()), 50))])"),
  race("await Promise.¦race([work(), new Promise((resolve) => setTimeout(() => resolve('late'), 50))])", 'await moveOnAfter(50, () => work())'),
  // Seconds, a message, an error, a number that nobody knows the unit of.
  race(`await Promise.¦race([work(), late(5)])${SLOW}`),
  race('await Promise.¦race([work(), timeout(5)])'),
  race('await Promise.¦race([work(), timeout(timeoutSeconds)])'),
  race("await Promise.¦race([work(), rejectWith('too late')])"),
  race('await Promise.¦race([work(), rejectWith(error)])'),
  race('await Promise.¦race([work(), timeout(100, reason)])'),
  race('await Promise.¦race([work(), signal.timeout(100)])'),
  // Work that was begun before, work that is not one call, several works, no time limit.
  race('await Promise.¦race([working, timeout(100)])'),
  race('await Promise.¦race([work(await input()), timeout(100)])'),
  race('await Promise.¦race([work().catch(log), timeout(100)])', 'await deadline(100, () => work().catch(log))'),
  race('await Promise.¦race([a(), b(), timeout(100)])'),
  race('await Promise.¦race([a(), b()])'),
  race('await Promise.¦race([timeout(100), timeout(200)])'),
  race('await Promise.¦race([...all(), timeout(100)])'),
  race('await Promise.¦race(works)'),
  race('await Promise.¦race([work(), timeout(100)], more)'),
  race('await Promise.¦any([work(), timeout(100)])'),
  race('await My.Promise.¦race([work(), timeout(100)])'),
  // Not the place of a race.
  race('¦work(); await Promise.race([work(), timeout(100)])'),
  // A signal of the operating system is no signal to hand on.
  race(`await Promise.¦race([kill(pid), timeout(100)])\nfunction kill(pid, signal = 'SIGTERM') { process.kill(pid, signal) }`, 'await deadline(100, () => kill(pid))'),
  race('await Promise.¦race([load(id), timeout(100)])\nconst load = async (id, { signal } = {}) => get(id, { signal })', 'await deadline(100, ({ signal }) => load(id, { signal }))'),
  race('await Promise.¦race([load(id), timeout(100)])\nasync function load(id, signal) { signal.throwIfAborted() }', 'await deadline(100, ({ signal }) => load(id, signal))'),
  race('await Promise.¦race([load(id), timeout(100)])\nasync function load(id, limit = 20) {}', 'await deadline(100, () => load(id))'),
  race('await Promise.¦race([load(id), timeout(100)])\nasync function load(id, options = { deep: true }) {}', 'await deadline(100, () => load(id))'),
  race('await Promise.¦race([load(id), timeout(100)])\nasync function load(...ids) {}', 'await deadline(100, () => load(id))'),
  race('await Promise.¦race([load(...ids), timeout(100)])\nasync function load(a) {}', 'await deadline(100, () => load(...ids))'),
  race("await Promise.¦race([save({ name: 'ann' }), timeout(100)])\nasync function save(user) {}", "await deadline(100, ({ signal }) => save({ name: 'ann' }, { signal }))"),
];

export const groups: readonly Row[] = [
  group(
    'async function exportAll(files, { signal }) {\n  for (const file of files) {\n    signal.throwIfAborted()\n    void ¦upload(file) // all of it\n    await sleep(20, undefined, { signal })\n  }\n}\nasync function upload(file) {}',
    'await taskGroup(async ({ start }) => {\n  for (const file of files) {\n    signal.throwIfAborted()\n    start(\'upload\', ({ signal }) => upload(file, { signal })) // all of it\n    await sleep(20, undefined, { signal })\n  }\n}, { signal })',
  ),
  group(
    "app.get('/', async (req: Request, res): Promise<void> => {\n  ¦audit(req).catch((error) => log.warn(error));\n  res.end(await render());\n});",
    "await taskGroup(async ({ start }) => {\n  start('audit', () => audit(req).catch((error) => log.warn(error)));\n  res.end(await render());\n});",
  ),
  group(
    'class Job {\n  async run(options: Options): Promise<string> {\n    this.¦#watch()\n    return work({ signal: options.signal })\n  }\n}',
    "return await taskGroup(async ({ start }) => {\n  start('watch', () => this.#watch())\n  return work({ signal: options.signal })\n}, { signal: options.signal })",
  ),
  group(
    'const run = async () => {\n  if (isNew) ¦greet(user)\n  else void wave(user)\n  await start()\n}',
    "await taskGroup(async (group) => {\n  if (isNew) group.start('greet', () => greet(user))\n  else void wave(user)\n  await start()\n})",
  ),
  group('it("works", async () => { void ¦log(`a ${b} } c`); await work(); });', "await taskGroup(async ({ start }) => {\n  start('log', () => log(`a ${b} } c`)); await work();\n});"),
  // Much around it, or text that indentation would change: left out.
  group(
    `async function main() {\n${'  await step();\n'.repeat(9)}  ¦poll(1, 2);\n  await done();\n}\nasync function poll(a, b) {}`,
    "await taskGroup(async ({ start }) => {\n  // …\n  start('poll', ({ signal }) => poll(1, 2, { signal }));\n  // …\n});",
  ),
  group(
    'async function main() {\n  ¦poll()\n  await send(`a\n    b`)\n}',
    "await taskGroup(async ({ start }) => {\n  start('poll', () => poll())\n  // …\n})",
  ),
  // Up to the exit of the scope, which comes before the function ends.
  group(
    'async function ask(name) {\n  const session = new Session(name);\n  ‡session.open();\n  ¦read(session);\n  const answer = await session.answer();\n  session.‡close();\n  return answer;\n}\nasync function read(session) {}',
    "const answer = await taskGroup(async ({ start }) => {\n  start('read', ({ signal }) => read(session, { signal }));\n  const answer = await session.answer();\n  return answer;\n});\nsession.close();",
  ),
  group(
    'async function ask() {\n  ¦read();\n  await write();\n  scope.‡exit();\n}',
    "await taskGroup(async ({ start }) => {\n  start('read', () => read());\n  await write();\n});\nscope.exit();",
  ),
  // Two results, an early return, an exit in another block, nothing between.
  group('async function f() {\n  ¦read();\n  const a = await b();\n  const c = await d();\n  scope.‡exit();\n  return a + c;\n}'),
  group('async function f() {\n  ¦read();\n  if (await b()) return;\n  scope.‡exit();\n}'),
  group('async function f() {\n  try {\n    ¦read();\n    await b();\n  } finally {\n    scope.‡exit();\n  }\n}', "await taskGroup(async ({ start }) => {\n  start('read', () => read());\n  await b();\n});"),
  group('async function f() {\n  ¦read();\n  scope.‡exit();\n}', "await taskGroup(async ({ start }) => {\n  start('read', () => read());\n});\nscope.exit();"),
  group(
    'async function f() {\n  using scope = ‡enterScope("f");\n  ¦read();\n  await b();\n}',
    'using scope = enterScope("f");\nawait taskGroup(async ({ start }) => {\n  start(\'read\', () => read());\n  await b();\n});',
  ),
  // Its value is kept or handed on, or the statement is another one.
  group('async function f() {\n  const reading = ¦read();\n  await b();\n}'),
  group('async function f() {\n  all.push(¦read());\n  await b();\n}'),
  group('async function f() {\n  return ¦read();\n}'),
  group('async function f() {\n  await ¦read();\n}'),
  group('async function f() {\n  a = b, ¦read();\n}'),
  group('async function f() {\n  ¦read() || write();\n}'),
  group('async function f() {\n  on("a", () => ¦read());\n}'),
  group('async function f() {\n  ¦read(await input());\n}'),
  group('async function f() {\n  ¦read()\n  .then(log)\n  .finally(() => { done() });\n}', "await taskGroup(async ({ start }) => {\n  start('read', () => read()\n  .then(log)\n  .finally(() => { done() }));\n});"),
  // Not an async function: whoever calls it does not wait.
  group('function f() {\n  void ¦read();\n}'),
  group('setTimeout(() => {\n  void ¦read();\n}, 10);'),
  group('async function* f() {\n  void ¦read();\n  yield 1;\n}'),
  group('async function f() {\n  "use strict";\n  void ¦read();\n}'),
  group('void ¦read();\nawait main();'),
  group('async function f() {\n  const start = 1, group = 2;\n  void ¦read(start, group);\n}'),
  group('async function shutdown(signal) {\n  void ¦log(signal);\n  await close();\n}', "await taskGroup(async ({ start }) => {\n  start('log', () => log(signal));\n  await close();\n});"),
];

export const timers: readonly Row[] = [
  timer(
    'class Agent {\n  async call(prompt, { timeoutMs }) {\n    const { signal } = this.#controller\n    ¦setTimeout(() => this.#controller.abort(), timeoutMs) // too late\n    await sleep(prompt.length, undefined, { signal }) // thinks\n    return `${prompt}: done`\n  }\n}',
    'return await deadline(timeoutMs, async ({ signal }) => {\n  await sleep(prompt.length, undefined, { signal }) // thinks\n  return `${prompt}: done`\n}, { signal: this.#controller.signal })',
  ),
  timer(
    'async function call(url) {\n  ¦setTimeout(() => controller.abort(), 3000);\n  return fetch(url, { signal: controller.signal });\n}',
    'return await deadline(3000, async ({ signal }) => {\n  return fetch(url, { signal });\n}, { signal: controller.signal });',
  ),
  timer(
    "const call = async (url) => {\n  ¦setTimeout(() => { stop.abort(new Error('late')); }, limit)\n  await get(url, stop.signal)\n}",
    'await deadline(limit, async ({ signal }) => {\n  await get(url, signal)\n}, { signal: stop.signal })',
  ),
  // Kept, to be cleared; another block; nobody who obeys; the controller in other hands; another signal.
  timer('async function call() {\n  const timer = ¦setTimeout(() => stop.abort(), 10)\n  await get(stop.signal)\n}'),
  timer('async function call() {\n  if (ms) {\n    ¦setTimeout(() => stop.abort(), ms)\n  }\n  await get(stop.signal)\n}'),
  timer('async function call() {\n  ¦setTimeout(() => stop.abort(), 10)\n  await get()\n}'),
  timer('async function call() {\n  ¦setTimeout(() => stop.abort(), 10)\n  await get(stop)\n}'),
  timer(
    'async function call(signal) {\n  ¦setTimeout(() => stop.abort(), 10)\n  await get(signal, stop.signal)\n}',
    'await deadline(10, async (group) => {\n  await get(signal, group.signal)\n}, { signal: stop.signal })',
  ),
  timer('async function call(signal, group) {\n  ¦setTimeout(() => stop.abort(), 10)\n  await get(signal, stop.signal)\n}'),
  timer('async function call() {\n  if (ms) ¦setTimeout(() => stop.abort(), ms)\n  await get(stop.signal)\n}'),
  timer('async function call() {\n  if (ms)\n    ¦setTimeout(() => stop.abort(), ms)\n  await get(stop.signal)\n}'),
  timer('async function call() {\n  ¦setTimeout(() => { log(); stop.abort() }, 10)\n  await get(stop.signal)\n}'),
  timer('async function call() {\n  ¦setTimeout(() => abort(), 10)\n  await get(stop.signal)\n}'),
  timer('function call() {\n  ¦setTimeout(() => stop.abort(), 10)\n  return get(stop.signal)\n}'),
];

export const iterators: readonly Row[] = [
  iterator(
    'async function preview(c) {\n  const stream = messages(c)\n  const { value } = await stream.¦next() // one\n  return value\n}',
    'return await taskGroup(async () => {\n  const stream = guardIterator(messages(c))\n  const { value } = await stream.next() // one\n  return value\n})',
  ),
  iterator(
    'const first = async () => {\n  const it = this.rows("a(b");\n  await it.¦next();\n};',
    'await taskGroup(async () => {\n  const it = guardIterator(this.rows("a(b"));\n  await it.next();\n});',
  ),
  // Somebody else gets hold of it, or closes it; it was made elsewhere, or is none of a call.
  iterator('async function open(c) {\n  const stream = messages(c)\n  await stream.¦next()\n  return stream\n}'),
  iterator('async function open(c) {\n  const stream = messages(c)\n  await stream.¦next()\n  await stream.return()\n}'),
  iterator('async function open(stream) {\n  await stream.¦next()\n}'),
  iterator('async function open() {\n  await this.stream.¦next()\n}'),
  iterator('async function open(c) {\n  let stream = messages(c)\n  await stream.¦next()\n}'),
  iterator('async function open(c) {\n  const stream = list[Symbol.asyncIterator]()\n  await stream.¦next()\n}', 'await taskGroup(async () => {\n  const stream = guardIterator(list)\n  await stream.next()\n})'),
  iterator('function open(c) {\n  const stream = messages(c)\n  return stream.¦next()\n}'),
];
