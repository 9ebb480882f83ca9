// exec: --frozen-intrinsics --no-warnings
// Built-in objects are frozen before the program starts.
async function* generator() {
  yield 1
}
for await (const n of generator()) console.log(n)
console.log(Object.isFrozen(Promise), Object.isFrozen(Promise.prototype), Object.isFrozen(Array.prototype))
await Promise.all([null])
