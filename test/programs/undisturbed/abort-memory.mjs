// exec: --expose-gc
// Signals, listeners and reasons that nobody holds are collected; those that Node keeps are kept.
import { setImmediate as turn } from 'node:timers/promises'

async function collected(refs) {
  for (let round = 0; round < 20 && refs.some((ref) => ref.deref() !== undefined); round++) {
    await turn()
    globalThis.gc()
  }
  return refs.map((ref) => ref.deref() === undefined).join()
}
const lasting = new AbortController()

async function make() {
  const controller = new AbortController()
  const plain = new WeakRef(controller.signal)
  const composed = new WeakRef(AbortSignal.any([lasting.signal, controller.signal]))
  const listener = () => undefined
  controller.signal.addEventListener('abort', listener, { once: true })
  await null
  return [plain, composed, new WeakRef(listener)]
}
console.log('dropped', await collected(await make()))

async function use() {
  const listener = () => undefined
  lasting.signal.addEventListener('abort', listener)
  await null
  lasting.signal.removeEventListener('abort', listener)
  const weak = new EventTarget()
  weak.addEventListener('x', () => undefined, { signal: lasting.signal })
  return [new WeakRef(listener), new WeakRef(weak)]
}
console.log('removed', await collected(await use()))

async function abort() {
  const reason = { big: 'reason' }
  const controller = new AbortController()
  const listener = () => undefined
  controller.signal.addEventListener('abort', listener, { once: true })
  await null
  controller.abort(reason)
  return [new WeakRef(reason), new WeakRef(controller), new WeakRef(listener)]
}
console.log('aborted', await collected(await abort()))

const kept = new AbortController()
async function late() {
  const listener = () => undefined
  kept.signal.addEventListener('abort', listener, { once: true })
  await null
  return [new WeakRef(listener)]
}
const refs = await late()
kept.abort()
console.log('listeners of what was aborted', await collected(refs))

let heard = 0
{
  AbortSignal.any([lasting.signal]).addEventListener('abort', () => heard++)
}
globalThis.gc()
await turn()
globalThis.gc()
lasting.abort()
console.log('heard', heard)
