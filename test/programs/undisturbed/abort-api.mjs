// The surface of signals: names, attributes, brand checks, subclasses, errors.
import { inspect } from 'node:util'

function show(label, holder, keys) {
  for (const key of keys) {
    const found = Object.getOwnPropertyDescriptor(holder, key)
    const { value, get, set, ...attributes } = found ?? {}
    console.log(label, String(key), JSON.stringify(attributes))
    for (const made of [value, get, set]) {
      if (typeof made !== 'function') continue
      console.log(' ', made.name, made.length, 'prototype' in made, Reflect.ownKeys(made).length)
    }
  }
}
const attempt = (label, run) => {
  try {
    console.log(label, run())
  } catch (error) {
    console.log(label, error.name, error.code, error.message)
  }
}

show('AbortSignal', AbortSignal, ['any', 'timeout', 'abort'])
show('signals', AbortSignal.prototype, ['aborted', 'reason', 'throwIfAborted', 'onabort', Symbol.toStringTag])
show('targets', EventTarget.prototype, ['addEventListener', 'removeEventListener'])
show('controllers', AbortController.prototype, ['abort', 'signal', Symbol.toStringTag])
console.log(Reflect.ownKeys(AbortSignal.prototype), Reflect.ownKeys(EventTarget.prototype).map(String).sort())
console.log(Object.keys(AbortSignal.prototype), Object.keys(EventTarget.prototype), Object.keys(AbortController.prototype))
console.log(AbortController.name, AbortController.length, Reflect.ownKeys(AbortController), typeof AbortController)
const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(globalThis, 'AbortController')
console.log(writable, enumerable, configurable, Object.getPrototypeOf(AbortController) === Function.prototype)
console.log(AbortSignal.prototype.addEventListener === EventTarget.prototype.addEventListener)

const controller = new AbortController()
const { signal } = controller
console.log(controller.constructor === AbortController, controller instanceof AbortController, signal instanceof AbortSignal, signal instanceof EventTarget)
console.log(Reflect.ownKeys(controller).length, Object.keys(signal), JSON.stringify(signal), Object.prototype.toString.call(signal))
console.log(inspect(controller), inspect(signal), inspect(AbortSignal))
console.log(controller.signal === signal, Object.getPrototypeOf(controller) === AbortController.prototype)

class Named extends AbortController {
  name = 'mine'
  abort(reason) {
    super.abort(`${this.name}: ${reason}`)
  }
}
const named = new Named()
console.log(named instanceof Named, named instanceof AbortController, named.constructor === Named, named.signal.aborted)
named.abort('over')
console.log(named.signal.reason, named.signal.aborted)
console.log(Reflect.construct(AbortController, [], Named) instanceof Named)

attempt('call', () => AbortController())
attempt('new signal', () => new AbortSignal())
attempt('new method', () => new signal.throwIfAborted())
attempt('new listener', () => new signal.addEventListener('abort'))
attempt('aborted of another', () => Object.getOwnPropertyDescriptor(AbortSignal.prototype, 'aborted').get.call({}))
attempt('throwIfAborted of another', () => AbortSignal.prototype.throwIfAborted.call({}))
attempt('signal of another', () => Object.getOwnPropertyDescriptor(AbortController.prototype, 'signal').get.call({}))
attempt('aborted of the prototype', () => AbortSignal.prototype.aborted)
attempt('abort of another', () => AbortController.prototype.abort.call({}))
attempt('abort of none', () => AbortController.prototype.abort.call(undefined))
attempt('listen to another', () => EventTarget.prototype.addEventListener.call({}, 'abort', () => undefined))
attempt('listen to none', () => EventTarget.prototype.addEventListener.call(null, 'abort', () => undefined))
attempt('listen with too little', () => signal.addEventListener('abort'))
attempt('remove with too little', () => signal.removeEventListener('abort'))
attempt('listen with a word', () => signal.addEventListener('abort', 'word'))
attempt('listen with null', () => signal.addEventListener('abort', null))
attempt('dispatch nothing', () => signal.dispatchEvent())
attempt('dispatch another', () => signal.dispatchEvent({}))
attempt('any of nothing', () => AbortSignal.any())
attempt('any of a number', () => AbortSignal.any(1))
attempt('any of strangers', () => AbortSignal.any([{}]))
attempt('any of none', () => AbortSignal.any([]).aborted)
attempt('timeout of a word', () => AbortSignal.timeout('soon'))
attempt('timeout below zero', () => AbortSignal.timeout(-1))
attempt('timeout without', () => AbortSignal.timeout())
attempt('any as an orphan', () => Reflect.apply(AbortSignal.any, undefined, [[signal]]).aborted)

// Arguments are looked at once, and in the same order as ever.
const looked = []
const options = { get once() { looked.push('once'); return true }, get capture() { looked.push('capture'); return false }, get signal() { looked.push('signal'); return undefined } }
signal.addEventListener('abort', () => undefined, options)
const type = { toString: () => (looked.push('type'), 'abort') }
signal.addEventListener(type, () => undefined)
signal.addEventListener('abort', new Proxy(() => undefined, { get: (...given) => (looked.push(`get ${String(given[1])}`), Reflect.get(...given)), isExtensible: () => looked.push('extensible') > 0 }))
signal.addEventListener('abort', () => undefined, new Proxy({}, { has: (_, key) => looked.push(`has ${String(key)}`) < 0 }))
console.log(looked.join())
const given = [signal]
given[Symbol.iterator] = function* () { looked.push('walked'); yield signal }
attempt('any walks', () => AbortSignal.any(given).aborted)
console.log(looked.filter((one) => one === 'walked').length)

// Patched by the program, as libraries do.
const { dispatchEvent } = EventTarget.prototype
let dispatched = 0
EventTarget.prototype.dispatchEvent = function (event) {
  dispatched++
  return dispatchEvent.call(this, event)
}
controller.abort()
console.log(dispatched, signal.aborted, EventTarget.prototype.dispatchEvent === dispatchEvent)
EventTarget.prototype.dispatchEvent = dispatchEvent
console.log(Object.isFrozen(Object.freeze(new AbortController().signal)))
const frozen = Object.freeze(() => console.log('frozen listener'))
const last = new AbortController()
last.signal.addEventListener('abort', frozen)
last.signal.onabort = () => console.log('onabort')
last.signal.addEventListener('abort', { handleEvent: () => console.log('object listener') })
last.abort()
