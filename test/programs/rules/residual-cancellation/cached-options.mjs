// Options with a timeout are made once, by the first job, and given to Node's own functions ever after.
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'

let options

async function job() {
  options ??= { signal: AbortSignal.timeout(20) }
  await turn(null, options) // expect: residual-cancellation
}

async function first() {
  await job().catch((error) => console.log(error.name))
}

async function second() {
  await job().catch((error) => console.log(error.name))
}

setImmediate(first)
while (options?.signal.aborted !== true) await sleep(5)
setImmediate(second)
