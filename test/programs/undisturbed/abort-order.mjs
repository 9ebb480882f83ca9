// What the web platform's tests ask of signals: who is aborted when, with what reason, in what order.
import { addAbortListener, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

const log = (...words) => console.log(...words)
const listen = (signal, name) => signal.addEventListener('abort', (event) => log(name, event.type, event.isTrusted, event.target === signal, String(signal.reason)))

log('-- abort')
{
  const controller = new AbortController()
  const { signal } = controller
  listen(signal, 'first')
  listen(signal, 'second')
  signal.addEventListener('abort', () => queueMicrotask(() => log('microtask of a listener')))
  signal.addEventListener('abort', () => log('once'), { once: true })
  signal.onabort = () => log('onabort', signal.aborted)
  log(signal.aborted, signal.reason)
  queueMicrotask(() => log('microtask before'))
  controller.abort()
  log('after', signal.aborted, signal.reason.name, signal.reason.code, signal.reason instanceof DOMException)
  controller.abort('again')
  log(signal.reason.name)
  signal.addEventListener('abort', () => log('never'))
  signal.dispatchEvent(new Event('abort'))
  await null
}
log('-- reasons')
for (const reason of [null, 0, '', 'text', false, { toString: () => 'object' }, new TypeError('error')]) {
  const controller = new AbortController()
  controller.abort(reason)
  log(controller.signal.reason === reason)
  try {
    controller.signal.throwIfAborted()
  } catch (error) {
    log('threw', error === reason)
  }
}
{
  const controller = new AbortController()
  controller.abort(undefined)
  log(controller.signal.reason.name, controller.signal.throwIfAborted.call(new AbortController().signal))
  const aborted = AbortSignal.abort()
  log(aborted.aborted, aborted.reason.name, AbortSignal.abort('why').reason)
  listen(aborted, 'never')
}
log('-- a listener that throws, stops or aborts')
{
  const controller = new AbortController()
  process.once('uncaughtException', (error) => log('uncaught', error.message))
  controller.signal.addEventListener('abort', () => { throw new Error('in a listener') })
  controller.signal.addEventListener('abort', (event) => { event.stopImmediatePropagation(); controller.abort('nested'); log('stopped') })
  controller.signal.addEventListener('abort', () => log('never'))
  addAbortListener(controller.signal, () => log('resists'))
  controller.abort('outer')
  log(controller.signal.reason)
  await sleep(1)
}
log('-- added and removed')
{
  const controller = new AbortController()
  const { signal } = controller
  const twice = () => log('once although added twice')
  signal.addEventListener('abort', twice)
  signal.addEventListener('abort', twice)
  signal.addEventListener('abort', twice, true)
  const removed = () => log('never')
  signal.addEventListener('abort', removed)
  signal.removeEventListener('abort', removed)
  signal.removeEventListener('abort', removed)
  const other = new AbortController()
  signal.addEventListener('abort', removed, { signal: other.signal })
  other.abort()
  const late = () => log('never: removed by an earlier one')
  signal.addEventListener('abort', () => signal.removeEventListener('abort', late))
  signal.addEventListener('abort', late)
  const disposable = addAbortListener(signal, removed)
  disposable[Symbol.dispose]?.()
  controller.abort()
  const target = new EventTarget()
  target.addEventListener('x', () => log('never'), { signal })
  target.dispatchEvent(new Event('x'))
}
log('-- any')
{
  const [a, b] = [new AbortController(), new AbortController()]
  const both = AbortSignal.any([a.signal, b.signal])
  const nested = AbortSignal.any([both, a.signal])
  const deep = AbortSignal.any([AbortSignal.any([nested]), b.signal])
  listen(deep, 'deep')
  listen(nested, 'nested')
  listen(both, 'both')
  listen(a.signal, 'a')
  listen(b.signal, 'b')
  a.signal.addEventListener('abort', () => log('seen from a', both.aborted, nested.aborted, deep.aborted))
  b.abort('by b')
  a.abort('by a')
  log(both.reason, nested.reason, deep.reason)
}
{
  const source = new AbortController()
  source.abort('before')
  const late = AbortSignal.any([new AbortController().signal, source.signal, AbortSignal.abort('other')])
  log(late.aborted, late.reason)
  listen(late, 'never')
  const same = AbortSignal.any([source.signal])
  log(same !== source.signal, same.reason === source.signal.reason)
  const inside = new AbortController()
  const followers = [1, 2, 3].map(() => AbortSignal.any([inside.signal]))
  followers.forEach((one, index) => listen(one, `follower ${index}`))
  inside.signal.addEventListener('abort', () => { log('made in a listener', AbortSignal.any([inside.signal]).aborted) })
  followers[0].addEventListener('abort', () => log('others', followers.map((one) => one.aborted)))
  inside.abort('inside')
}
log('-- timeouts')
{
  // A timeout of a signal keeps no program alive.
  const alive = setInterval(() => undefined, 1000)
  const short = AbortSignal.timeout(2)
  const follower = AbortSignal.any([short, new AbortController().signal])
  listen(follower, 'follower')
  const [event] = await once(short, 'abort', { signal: AbortSignal.timeout(60_000) })
  log(event.type, short.reason.name, short.reason.code, short.reason === follower.reason)
  await sleep(60_000, null, { signal: short }).catch((error) => log(error.name, error.code, error.cause === short.reason))
  const controller = new AbortController()
  const order = []
  const waiting = sleep(60_000, null, { signal: controller.signal }).catch(() => order.push('sleep'))
  const waitingOnce = once(new EventTarget(), 'x', { signal: controller.signal }).catch(() => order.push('once'))
  controller.signal.addEventListener('abort', () => order.push('listener'))
  controller.abort()
  order.push('sync')
  await Promise.all([waiting, waitingOnce])
  log(order.join())
  clearInterval(alive)
}
log('-- cloned')
{
  const { transferableAbortController, transferableAbortSignal } = await import('node:util')
  const controller = transferableAbortController()
  log(controller instanceof AbortController, controller.constructor.name)
  const clone = structuredClone(controller.signal, { transfer: [controller.signal] })
  listen(clone, 'clone')
  controller.abort('cloned')
  await once(clone, 'abort')
  log(clone.aborted, clone.reason)
  try {
    structuredClone(new AbortController().signal)
  } catch (error) {
    log(error.name)
  }
  log(transferableAbortSignal(AbortSignal.abort('x')).reason)
}
log('-- stacks')
{
  const controller = new AbortController()
  controller.signal.addEventListener('abort', function listener() { log(new Error('in a listener').stack) })
  controller.abort()
  log(controller.signal.reason.stack)
  log(AbortSignal.abort().reason.stack)
  function cancel() {
    const inner = new AbortController()
    inner.abort()
    return inner.signal
  }
  try {
    cancel().throwIfAborted()
  } catch (error) {
    log(error.stack)
  }
}
