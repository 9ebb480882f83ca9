// The same agent: each job opens its own session, closes it, and waits for what it started.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'
import { runJobs } from './scheduler.mjs'
import { openSession } from './session.mjs'

async function withSession(name, fn) {
  const session = await openSession(name)
  try {
    return await fn(session)
  } finally {
    await session.close()
  }
}

/** Keeps the price fresh until the signal says stop. */
async function watchPrice(session, symbol, signal) {
  while (!signal.aborted) {
    await sleep(50, undefined, { signal }).catch(() => {})
    if (!signal.aborted) await session.call('price', { symbol })
  }
}

async function observe() {
  await withSession('market', async (session) => {
    await withScope('observation', async () => {
      const stop = new AbortController()
      const watching = watchPrice(session, 'ACME', stop.signal)
      const price = await session.call('price', { symbol: 'ACME' })
      console.log(`OBSERVATION: ACME is at ${price}`)
      stop.abort()
      await watching
    })
  })
}

async function trade() {
  await withSession('market', async (session) => {
    await withScope('trade', async () => {
      await sleep(600) // the market moves
      const cost = await session.call('buy', { symbol: 'ACME', quantity: 3 })
      console.log(`TRADING: bought 3 ACME for ${cost}`)
    })
  })
}

await runJobs({ OBSERVATION: observe, TRADING: trade })
