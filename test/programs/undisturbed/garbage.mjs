// exec: --expose-gc
// finds: vanished-task
// What is dropped can be collected: promises, async functions that never end, and their objects.
const collected = []
const registry = new FinalizationRegistry((name) => collected.push(name))
const turn = () => new Promise((resolve) => setImmediate(resolve))

function watch(name, make) {
  const object = make()
  registry.register(object, name)
  return new WeakRef(object)
}

async function never(held) {
  await new Promise(() => {})
  return held
}

const references = [
  watch('object', () => ({})),
  watch('pending promise', () => new Promise(() => {})),
  watch('resolved promise', () => Promise.resolve(1)),
  watch('async call', () => never()),
  watch('held by a call', () => {
    const held = {}
    void never(held)
    return held
  }),
]
async function busy() {
  await null
}
// Collection may take its time; that it happens is what counts.
for (let n = 0; n < 3000 && collected.length < references.length; n++) {
  for (let m = 0; m < 500; m++) await busy()
  await turn()
  globalThis.gc()
}
console.log(collected.sort().join(', '), references.map((reference) => reference.deref()))
