// S9. Call 1 leaves its reader behind; the sleep before call 2 is too short, however long it is.
import { setTimeout as sleep } from 'node:timers/promises'
import { Session } from './session.mjs'

async function read(session) {
  for (let n = 0; n < 20; n++) await session.receive()
}

async function ask(name) {
  const session = new Session(name)
  session.open()
  read(session) // expect: leaked-task
  const answer = await session.answer()
  session.close()
  return answer
}

console.log(await ask('first'))
await sleep(50) // let the first one settle
console.log(await ask('second'))
