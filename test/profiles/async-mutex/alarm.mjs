import { Mutex } from 'async-mutex'
import { runApart } from '../fakes/run-apart.mjs'

const mutex = new Mutex()
const third = new Mutex()

async function lock() {
  await mutex.acquire() // with: cross-task-exit
}

async function unlock() {
  await null
  mutex.release() // expect: cross-task-exit
}


async function forget() {
  const release = await third.acquire() // expect: unclosed-scope
  return release === undefined
}

runApart(lock, unlock, forget)
