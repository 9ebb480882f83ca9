import { MongoClient } from 'mongodb'
import { runApart } from '../fakes/run-apart.mjs'

// Nothing is sent before a session is used.
const client = new MongoClient('mongodb://127.0.0.1:1')
let shared

async function open() {
  shared = client.startSession() // with: cross-task-exit
}

async function close() {
  await null
  await shared.endSession() // expect: cross-task-exit
}

async function forget() {
  const session = client.startSession() // expect: unclosed-scope
  await null
  return session.hasEnded
}

runApart(open, close, forget)
