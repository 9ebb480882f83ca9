// The usual helper: it races what it is given against a timer, and stops nothing.
import { setTimeout as sleep } from 'node:timers/promises'

async function withTimeout(promise, ms) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), ms)
  })
  try {
    return await Promise.race([promise, late]) // with: race-loser
  } finally {
    clearTimeout(timer)
  }
}

async function load() {
  const parts = []
  for (let part = 0; part < 12; part++) parts.push(await sleep(25, part))
  return parts
}

async function main() {
  try {
    await withTimeout(load().then((parts) => parts.length), 20) // expect: race-loser
  } catch (error) {
    console.log(error.message)
  }
}
await main()
