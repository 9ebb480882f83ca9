import { MongoClient } from 'mongodb'

const client = new MongoClient('mongodb://127.0.0.1:1')

async function useOne() {
  const session = client.startSession()
  try {
    await null
  } finally {
    await session.endSession()
  }
}

await useOne()
await Promise.all([useOne(), useOne()])
await client.withSession(async () => { await null })
const session = client.startSession()
await session.endSession()
await session.endSession()
await client.close()
