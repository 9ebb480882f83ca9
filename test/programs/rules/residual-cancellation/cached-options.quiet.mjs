// Each job has options of its own.
import { setImmediate as turn } from 'node:timers/promises'

const options = () => ({ signal: AbortSignal.timeout(20_000) })

async function job() {
  await turn(null, options())
}

async function first() {
  await job()
}

async function second() {
  await job().catch((error) => console.log(error.name))
}

setImmediate(first)
setTimeout(second, 30)
