// Timers, waits for events and sleeping helpers lose races all the time; they only wait, and then end.
import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

async function pause(ms) {
  await sleep(ms)
}

async function limit(ms) {
  await pause(ms)
  throw new Error('too late')
}

async function closed(emitter) {
  const [reason] = await once(emitter, 'close')
  return reason
}

async function work() {
  for (let step = 0; step < 3; step++) await sleep(5)
  return 'done'
}

const emitter = new EventEmitter()
console.log(await Promise.race([work(), limit(400)]))
console.log(await Promise.race([work(), closed(emitter), once(emitter, 'error')]))
console.log(await Promise.any([work(), pause(300), new Promise(() => undefined)]))
setTimeout(() => emitter.emit('close', 'late'), 250)
