import { createPool } from 'generic-pool'

const pool = createPool({ create: async () => ({}), destroy: async () => undefined }, { max: 2 })

async function useOne() {
  const resource = await pool.acquire()
  try {
    await null
  } finally {
    await pool.release(resource)
  }
}

await useOne()
await Promise.all([useOne(), useOne(), useOne(), useOne()])
for (let turn = 0; turn < 3; turn++) await pool.release(await pool.acquire())
await pool.use(async () => { await null })
await pool.destroy(await pool.acquire())
await pool.release({}).catch(() => undefined)
await pool.drain()
await pool.acquire().catch(() => undefined)
await pool.clear()
