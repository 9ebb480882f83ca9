// Hundreds of calls at once under one signal, and Node's functions that were given it.
import { EventEmitter, on, once } from 'node:events'
import { Readable, addAbortSignal } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

const controller = new AbortController()
const { signal } = controller

async function waitForIt() {
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

async function useNode(number) {
  const emitter = new EventEmitter()
  const heard = once(emitter, 'x', { signal })
  emitter.emit('x')
  await heard
  await sleep(1, null, { signal })
  for await (const chunk of addAbortSignal(signal, Readable.from([number]))) if (chunk < 0) break
  setImmediate(() => emitter.emit('y'))
  for await (const [value] of on(emitter, 'y', { signal })) if (value === undefined) break
  await fetch(`data:text/plain,${number}`, { signal }).then((response) => response.text())
}

const waiting = Array.from({ length: 200 }, waitForIt)
for (let number = 0; number < 80; number++) await useNode(number)
controller.abort()
await Promise.all(waiting)
