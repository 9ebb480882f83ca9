// A trading agent that opens its session while observing, caches it, and closes it in a later job.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'
import { runJobs } from './scheduler.mjs'
import { openSession } from './session.mjs'

const sessions = new Map()

/** Keeps the price fresh for as long as the session lives. */
async function watchPrice(session, symbol) {
  while (!session.closed) {
    await sleep(50)
    if (!session.closed) await session.call('price', { symbol }).catch(() => {})
  }
}

async function observe() {
  const session = await openSession('market')
  sessions.set('market', session)
  await withScope('observation', async () => {
    watchPrice(session, 'ACME')
    const price = await session.call('price', { symbol: 'ACME' })
    console.log(`OBSERVATION: ACME is at ${price}`)
  })
}

async function trade() {
  const session = sessions.get('market')
  await withScope('trade', async () => {
    await sleep(600) // the market moves
    const cost = await session.call('buy', { symbol: 'ACME', quantity: 3 })
    console.log(`TRADING: bought 3 ACME for ${cost}`)
  })
}

async function closeSessions() {
  for (const session of sessions.values()) await session.close()
  console.log(`CLOSING: closed ${sessions.size} session`)
}

await runJobs({ OBSERVATION: observe, TRADING: trade, CLOSING: closeSessions })
