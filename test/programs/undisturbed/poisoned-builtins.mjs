// Built-in functions that throw: the program does without them, and so must everybody else.
const poison = () => {
  throw new Error('poisoned')
}
const kept = []
for (const [owner, names] of [
  [Array.prototype, ['push', 'pop', 'slice', 'map', 'filter', 'indexOf', 'forEach', 'join']],
  [Map.prototype, ['get', 'set', 'delete', 'has']],
  [Set.prototype, ['add', 'has', 'delete']],
  [WeakMap.prototype, ['get', 'set', 'has']],
  [String.prototype, ['startsWith', 'includes', 'split', 'slice', 'replace']],
  [JSON, ['stringify', 'parse']],
  [Object, ['keys', 'entries', 'assign', 'defineProperty']],
  [Reflect, ['apply', 'get']],
  [globalThis, ['WeakRef', 'FinalizationRegistry', 'queueMicrotask']],
]) for (const name of names) {
  kept[kept.length] = [owner, name, owner[name]]
  owner[name] = poison
}

let steps = 0
async function f() {
  steps++
  await null
  steps++
}
async function* numbers() {
  yield 1
  yield 2
}
await f()
void f()
for await (const n of numbers()) steps += n
await f()

for (let n = 0; n < kept.length; n++) kept[n][0][kept[n][1]] = kept[n][2]
await f()
console.log(steps)
