/** More of what people write: fan-outs, helpers, modules, TypeScript, waits, and what is shown in outline. */
import type { Row } from './table.ts';

const row = (shape: Row['shape'], code: string, after?: string, file = 'app.mjs'): Row => ({ shape, code, after, file });
const UPLOAD = '\nasync function upload(file) {}';

export const rooms: readonly Row[] = [
  // At the top level of a module, in blocks, behind callbacks that are called at once.
  row(
    'group', `const scope = ‡enterScope('batch')\nfor (const file of files) void ¦upload(file)\nconst answer = await work()\nscope.‡exit()\nconsole.log(answer)${UPLOAD}`,
    "const answer = await taskGroup(async ({ start }) => {\n  for (const file of files) start('upload', ({ signal }) => upload(file, { signal }))\n  const answer = await work()\n  return answer\n})\nscope.exit()",
  ),
  row('group', `void ¦upload(file)\nawait work()\nif (done)\n  scope.‡exit()${UPLOAD}`),
  row('group', `void ¦upload(file)\nwork()\nscope.‡exit()${UPLOAD}`),
  row('group', `function look() { return answer }\nvoid ¦upload(file)\nconst answer = await work()\nscope.‡exit()${UPLOAD}`),
  row('group', `void ¦upload(file)\nexport const answer = await work()\nscope.‡exit()${UPLOAD}`),
  row(
    'group', 'async function f() {\n  files.forEach((file) => ¦upload(file))\n  await b()\n}',
    "await taskGroup(async ({ start }) => {\n  files.forEach((file) => start('upload', () => upload(file)))\n  await b()\n})",
  ),
  row(
    'group', 'async function f() {\n  files.forEach((file) => { void ¦upload(file) })\n  await b()\n}',
    "await taskGroup(async ({ start }) => {\n  files.forEach((file) => { start('upload', () => upload(file)) })\n  await b()\n})",
  ),
  row('group', 'async function f() {\n  feed.on("a", (file) => { void ¦upload(file) })\n  await b()\n}'),
  row(
    'group', 'async function f() {\n  await using stack = new AsyncDisposableStack()\n  stack.‡defer(close)\n  void ¦read(stack)\n  await b()\n}',
    "stack.defer(close)\nawait taskGroup(async ({ start }) => {\n  start('read', () => read(stack))\n  await b()\n})",
  ),
  row('group', 'async function f() {\n  for (const one of all) {\n    using scope = ‡enterScope("f")\n    ¦read()\n    if (await b()) break\n  }\n}'),
  row('group', 'async function f() {\n  try {\n    ¦read()\n    return await b()\n  } finally {\n    scope.‡exit()\n  }\n  done()\n}'),
  row(
    'group', 'async function f() {\n  try {\n    ¦read()\n    return await b()\n  } catch (error) {\n    log(error)\n  } finally {\n    scope.‡exit()\n  }\n}',
    "return await taskGroup(async ({ start }) => {\n  start('read', () => read())\n  return await b()\n})",
  ),
  // Its promise is kept; it is started by a chain, or by a timer.
  row(
    'group', `async function f() {\n  const reading = ¦upload(1)\n  await b()\n  await reading\n}${UPLOAD}`,
    "await taskGroup(async ({ start }) => {\n  const reading = start('upload', ({ signal }) => upload(1, { signal }))\n  await b()\n  await reading\n})",
  ),
  row('group', `async function f() {\n  all.push(¦upload(1))\n  await b()\n}${UPLOAD}`, "await taskGroup(async ({ start }) => {\n  all.push(start('upload', ({ signal }) => upload(1, { signal })))\n  await b()\n})"),
  row('group', 'async function f() {\n  const server = ¦listen(1)\n  await b()\n}\nfunction listen(port) {}'),
  row(
    'group', `async function f() {\n  void sleep(1).¦then(() => upload())\n  await b()\n}${UPLOAD.replace('file', '')}`,
    "await taskGroup(async ({ start }) => {\n  start('upload', ({ signal }) => sleep(1).then(() => upload({ signal })))\n  await b()\n})",
  ),
  row(
    'group', 'async function f() {\n  setTimeout(() => ¦upload(file), 100)\n  await b()\n}',
    "await taskGroup(async ({ start }) => {\n  start('upload', ({ signal }) => setTimeout(100, undefined, { signal }).then(() => upload(file)))\n  await b()\n})",
  ),
  row('group', 'async function f() {\n  const timer = setTimeout(() => ¦upload(file), 100)\n  await b()\n}'),
  row(
    'group',
    'class Job {\n  run = async <T extends object>(items: T[]): Promise<void> => {\n    const reading = this.¦read<T>(items[0] as T)\n    await b()\n    await reading\n  }\n  private async read<T>(item: T, options: Options = {}): Promise<T> { return item satisfies T }\n}',
    "await taskGroup(async ({ start }) => {\n  const reading = start('read', ({ signal }) => this.read<T>(items[0] as T, { signal }))\n  await b()\n  await reading\n})",
    'app.ts',
  ),
];

export const fanOuts: readonly Row[] = [
  row(
    'all', 'await Promise.all(files.map((file) => ¦upload(file)))\nasync function upload(file, { signal } = {}) {}',
    "await taskGroup(({ start }) => Promise.all(files.map((file) => start('upload', ({ signal }) => upload(file, { signal })))))",
  ),
  row(
    'all', 'const [a, b] = await Promise.all([¦one(), two(x).catch(log), ready])',
    "const [a, b] = await taskGroup(({ start }) => Promise.all([start('one', () => one()), start('two', () => two(x).catch(log)), ready]))",
  ),
  row(
    'all', 'return await Promise.all(files.¦map(async (file: string): Promise<void> => {\n  await upload(file)\n}))',
    "return await taskGroup(({ start }) => Promise.all(files.map((file: string): Promise<void> => start('files', async ({ signal }) => {\n  await upload(file)\n}))))",
    'app.ts',
  ),
  row('first', 'const x = await Promise.¦race([near(1), far(2)])', "const x = await taskGroup(({ start, cancel }) => Promise.race([start('near', () => near(1)), start('far', () => far(2))]).finally(() => { cancel() }))"),
  // Failures that are taken, nobody who waits, works that have begun, callbacks that get more than one argument.
  row('all', 'await Promise.allSettled([¦one(), two()])'),
  row('first', 'await Promise.any([¦one(), two()])'),
  row('all', 'const all = Promise.all([¦one(), two()])'),
  row('all', 'await Promise.all([¦one(await two()), two()])'),
  row('all', 'await Promise.all(files.¦map(upload))'),
  row('all', 'await Promise.all([...¦begun(), two()])'),
  row('all', 'start(await Promise.all([start(), ¦two()]))'),
];

const IMPORT = "import { setTimeout as sleep } from 'node:timers/promises'\n";
const HELPER = `
const withTimeout = async <T>(promise: Promise<T>, ms: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error('late')), ms) })
  try {
    return await Promise.¦race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}`;

export const limits: readonly Row[] = [
  row('race', `${IMPORT}show(await Promise.¦race([ask(), sleep(20, 'no answer')]))`, "show(await moveOnAfter(20, () => ask()).then((end) => (end.timedOut ? 'no answer' : end.value)))"),
  row('race', `${IMPORT}show(await Promise.¦race([ask(), sleep(20, value())]))`),
  row('race', "show(await Promise.¦race([ask(), sleep(20, 'no answer')]))"),
  row(
    'race', 'const x = await Promise.¦race<Row | undefined>([db.get<Row>(id), new Promise<undefined>((resolve) => setTimeout(resolve, this.limit))])',
    'const x = await moveOnAfter(this.limit, () => db.get<Row>(id)).then((end) => (end.timedOut ? undefined : end.value))', 'app.ts',
  ),
  row(
    'race', "const x = (await Promise.¦race([get(id), new Promise<never>((_, reject) => { setTimeout(() => reject(new Error('x')), 50) })])) satisfies Row as Row",
    'const x = (await deadline(50, () => get(id))) satisfies Row as Row', 'app.mts',
  ),
  row(
    'race', "const x = await Promise.¦race([load(id).then((r) => r.json()), new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))])\nasync function load(id, { signal } = {}) {}",
    'const x = await taskGroup(({ signal }) => load(id, { signal }).then((r) => r.json()), { signal })',
  ),
  row('race', "const x = await Promise.¦race([load(id), new Promise((resolve) => signal.addEventListener('abort', () => resolve()))])"),
  row('helper', `await withTimeout(¦load<Row>(id).then(parse), 20)${HELPER}`, 'await deadline(20, () => load<Row>(id).then(parse))', 'app.ts'),
  row('helper', `await other(¦load(id), 20)${HELPER}`, undefined, 'app.ts'),
  row('helper', `await withTimeout(¦load(id), 20)${HELPER.replace('reject(new', 'done(new')}`, undefined, 'app.ts'),
  row('helper', `class Rows { constructor() {} }\nconst rows: Row[] = await withTimeout<Row[]>(¦load<Row>(id), 20)${HELPER}`, 'const rows: Row[] = await deadline(20, () => load<Row>(id))', 'app.ts'),
  row('limit', 'function withTimeout(work, ms) {\n  const late = new Promise((_, reject) => {\n    ¦setTimeout(() => reject(new Error("late")), ms)\n  })\n  return Promise.race([work, late])\n}', 'return deadline(ms, work)'),
  row('timer', 'async function call() {\n  ¦setTimeout(() => stop.abort(), 500)\n  const signal = AbortSignal.any([stop.signal, other])\n  await get({ signal })\n}', 'await deadline(500, async (group) => {\n  const signal = AbortSignal.any([group.signal, other])\n  await get({ signal })\n}, { signal: stop.signal })'),
];

export const waits: readonly Row[] = [
  row('perCall', 'let options\nasync function job() {\n  options ??= { signal: AbortSignal.¦timeout(20) }\n  await ¦turn(null, options)\n}', 'await deadline(20, ({ signal }) => turn(null, { ...options, signal }))'),
  row('perCall', "const late = AbortSignal.¦timeout(MS)\nasync function job() {\n  return ¦fetch(url, { method: 'POST', signal: late })\n}", "return deadline(MS, ({ signal }) => fetch(url, { method: 'POST', signal }))"),
  row('perCall', 'const late = AbortSignal.any([AbortSignal.¦timeout(MS), signal])\nasync function job() {\n  return ¦fetch(url, { signal: late })\n}'),
  row('wait', "import { once } from 'node:events'\nconst [a] = await ¦once(socket, 'data')", "const [a] = await deadline(5000, ({ signal }) => once(socket, 'data', { signal }))"),
  row('wait', "const reply = await ¦new Promise((resolve) => { replies.once('reply', resolve); });", "const [reply] = await deadline(5000, ({ signal }) => once(replies, 'reply', { signal }));"),
  row('wait', 'await ¦new Promise(() => {})'),
  row('wait', 'await ¦channel.request(1)'),
  row('wait', "use(await ¦new Promise((resolve) => replies.once('reply', resolve)))"),
  row(
    'interval', 'async function job() {\n  ¦setInterval(() => beats++, 20)\n  await sleep(5)\n}',
    'const interval = setInterval(() => beats++, 20)\ntry {\n  await sleep(5)\n} finally {\n  clearInterval(interval)\n}',
  ),
  row('interval', 'async function job() {\n  const beat = ¦setInterval(() => beats++, 20)\n  await sleep(5)\n  clearInterval(beat)\n}'),
  row('interval', 'async function job() {\n  if (isOn) ¦setInterval(() => beats++, 20)\n  await sleep(5)\n}'),
  row('interval', 'function job() {\n  ¦setInterval(() => beats++, 20)\n  begin()\n}'),
];

export const owners: readonly Row[] = [
  row(
    'reader', 'const prices = feed()\nasync function show() {\n  for await (const price of ¦prices) show(price)\n}\nsetTimeout(() => {\n  void prices.¦return()\n}, 10)',
    'const stop = new AbortController()\nconst prices = guardIterator(feed(), { signal: stop.signal })\n// …\nstop.abort()',
  ),
  row('reader', 'const prices = feed()\nasync function show() {\n  await ¦prices.next()\n}\nvoid prices.¦return()'),
  row(
    'exit', "const scope = ¦enterScope('upload')\nsetTimeout(() => {\n  scope.¦exit()\n}, 5)",
    "const opened = trackCall('upload', async ({ signal }) => {\n  const scope = enterScope('upload')\n  try {\n    // … what is done in it, until the signal is aborted\n  } finally {\n    scope.exit()\n  }\n})\n// … in place of scope.exit()\nopened.cancel()\nawait opened.safeToProceed()",
  ),
  row(
    'exit', "class Client {\n  async open() { this.#scope = ¦enterScope('upload') }\n  async close() { this.#scope.¦exit() }\n}",
    "const opened = trackCall('upload', async ({ signal }) => {\n  this.#scope = enterScope('upload')\n  try {\n    // … what is done in it, until the signal is aborted\n  } finally {\n    this.#scope.exit()\n  }\n})\n// … in place of this.#scope.exit()\nopened.cancel()\nawait opened.safeToProceed()",
  ),
  row('exit', 'class Client {\n  open() { this.stack = stack.¦move() }\n  close() { this.stack.¦dispose() }\n}'),
  row('exit', "const scope = ¦enterScope('upload')\nsetTimeout(() => {\n  other.¦exit()\n}, 5)"),
  row('background', 'void ¦poll(1)', "await taskGroup(async ({ start, cancel }) => {\n  start('poll', () => poll(1))\n  // … what the program does meanwhile\n  cancel()\n})"),
  row(
    'context', 'async function handle({ user }) {\n  if (user) users.¦enterWith(user)\n  await work()\n}',
    "await isolate('handle', async () => {\n  if (user) users.enterWith(user)\n  await work()\n})",
  ),
  row('context', 'async function enter({ user }) {\n  await known(user)\n  users.¦enterWith(user)\n}'),
];
