// Errors keep their stacks, functions their names and lengths, and what it makes looks as it did: both builds in one program.
// fiber: root
// fiber: call from-cjs
import { createRequire } from 'node:module'
import { inspect } from 'node:util'
import * as esm from 'effection'

const cjs = createRequire(import.meta.url)('effection')

/** Whether other callbacks stand below is a matter of time. */
const stackOf = (error) => String(error.stack).split('\n').filter((line) => !line.includes('node:internal')).join('\n')

async function look({ action, all, call, createScope, each, race, resource, run, scoped, sleep, spawn, suspend, useScope }) {
  for (const fn of [action, all, call, each, each.next, race, resource, run, scoped, sleep, spawn, suspend]) {
    console.log(fn.name, fn.length, Object.keys(fn), typeof fn.prototype)
  }
  const described = call(function* () {})
  console.log(inspect(described, { showHidden: true }), Reflect.ownKeys(described), described[Symbol.iterator].name, described[Symbol.iterator].length)
  console.log(inspect(suspend()), inspect(spawn(function* named() {})), inspect(run(function* () { return 1 })))
  const thrown = async (operation) => {
    try {
      await run(operation)
    } catch (error) {
      console.log(stackOf(error))
    }
  }
  await thrown(function* root() { throw new Error('at once') })
  await thrown(function* root() { yield* sleep(0); throw new Error('later') })
  await thrown(function* root() { yield* spawn(function* child() { yield* sleep(0); throw new Error('in a child') }); yield* suspend() })
  await thrown(function* root() { yield* call(function plain() { throw new Error('in a call') }) })
  await thrown(function* root() { yield* call(async () => { throw new Error('in an async call') }) })
  await thrown(function* root() { yield* action(function act() { throw new Error('in an action') }) })
  await thrown(function* root() { yield* resource(function* made() { throw new Error('in a resource') }) })
  await thrown(function* root() { yield* all([sleep(0), call(function* member() { throw new Error('in a member') })]) })
  await thrown(function* root() { yield* race([suspend(), call(function* member() { yield* sleep(0); throw new Error('in a race') })]) })
  await thrown(function* root() { yield* scoped(function* within() { yield* sleep(0); throw new Error('in a scope') }) })
  await thrown(() => 1)
  await thrown(() => undefined)
  await thrown(() => ({ [Symbol.iterator]: () => ({}) }))
  await thrown(1)
  const [scope, destroy] = createScope()
  console.log(inspect(scope), Reflect.ownKeys(scope), Object.keys(Object.getPrototypeOf(scope)))
  const task = scope.run(function* () {
    console.log(inspect(yield* useScope()), Object.prototype.toString.call(yield* useScope()))
    try {
      yield* suspend()
    } finally {
      console.log(stackOf(new Error('halted')))
    }
  })
  task.catch((error) => { console.log(stackOf(error)) })
  console.log(inspect(task), Object.prototype.toString.call(task))
  await destroy()
  try {
    scope.run(function* () {})
  } catch (error) {
    console.log(stackOf(error))
  }
  await run(function* () {
    const from = call(function* () { return 1 })
    const iterator = from[Symbol.iterator]()
    const step = iterator.next()
    console.log(inspect(step), step.value.name, step.value.length)
    console.log(yield* from, yield* from)
  })
}

const halting = ({ run, suspend }) => {
  const task = run(function* root() { yield* suspend() })
  task.catch(() => undefined)
  return task.halt()
}

await halting(esm)
await look(esm)
await look(cjs)
await esm.run(function* root() {
  yield* esm.call(function* fromCjs() {
    yield* cjs.call(Object.defineProperty(function* () { yield* cjs.sleep(0) }, 'name', { value: 'from-cjs' }))
  })
})
