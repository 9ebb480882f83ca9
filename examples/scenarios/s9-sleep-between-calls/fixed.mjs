// S9, mended. Call 1 tells its reader to stop and waits for it; then there is nothing to sleep for.
import { Session } from './session.mjs'

async function read(session) {
  const { signal } = session
  while (!signal.aborted) await session.receive({ signal })
}

async function ask(name) {
  const session = new Session(name)
  session.open()
  const reading = read(session)
  const answer = await session.answer()
  session.stop()
  await reading.catch(() => {}) // it was told to stop
  session.close()
  return answer
}

console.log(await ask('first'))
console.log(await ask('second'))
