import { createPool } from 'generic-pool'
import { runApart } from '../fakes/run-apart.mjs'

const pool = createPool({ create: async () => ({}), destroy: async () => undefined }, { max: 3 })
let shared

async function open() {
  shared = await pool.acquire() // with: cross-task-exit
}

async function close() {
  await null
  await pool.release(shared) // expect: cross-task-exit
}

async function forget() {
  const resource = await pool.acquire() // expect: unclosed-scope
  return typeof resource
}

runApart(open, close, forget)
