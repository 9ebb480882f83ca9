// The helper gives the work a signal, and the work ends soon after.
import { setTimeout as sleep } from 'node:timers/promises'

async function withTimeout(start, ms) {
  const stop = new AbortController()
  const late = sleep(ms, undefined, { signal: stop.signal }).then(() => {
    throw new Error('too late')
  })
  try {
    return await Promise.race([start(stop.signal), late])
  } finally {
    stop.abort()
  }
}

async function load(signal) {
  const parts = []
  for (let part = 0; part < 12; part++) parts.push(await sleep(25, part, { signal }))
  return parts
}

async function main() {
  try {
    await withTimeout((signal) => load(signal).then((parts) => parts.length), 20)
  } catch (error) {
    console.log(error.message)
  }
}
await main()
