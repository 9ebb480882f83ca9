// Recursion without end is caught by the program, also where promises are made at every depth.
function deep() {
  return deep() + 1
}
function deepWithPromises() {
  void Promise.resolve()
  return deepWithPromises() + 1
}
function deepWithCalls() {
  void leaf()
  return deepWithCalls() + 1
}
async function leaf() {
  await null
}

for (const recurse of [deep, deepWithPromises, deepWithCalls]) {
  try {
    recurse()
  } catch (error) {
    console.log(recurse.name, error.constructor.name)
  }
}
await leaf()
console.log('alive')
