// The same call site is awaited once and dropped once: each call is judged by itself.
import { mark } from '../mark.mjs'

async function f(awaited) {
  await null
  if (awaited) mark('awaited', ++round) // task main
  else mark('dropped') // task f, spawned by main, not joined
}

let round = 0
async function run(awaited) {
  const promise = f(awaited)
  if (awaited) await promise
  mark('run', awaited) // task main
}

await run(true)
await run(false)
await run(true).then(() => mark('end')) // task main
