// S9, cured. Call 1 is over when everything that it started is: there is something to wait for.
import { trackCall } from 'scope-trace/remedies'
import { Session } from './session.mjs'

async function read(session, { signal }) {
  while (!signal.aborted) await session.receive({ signal })
}

async function ask(name) {
  const session = new Session(name)
  session.open()
  const call = trackCall(name, async ({ start, cancel }) => {
    start('read', (group) => read(session, group))
    const answer = await session.answer()
    cancel()
    return answer
  })
  await call.safeToProceed({ timeout: 1000 })
  session.close()
  return await call.result
}

console.log(await ask('first'))
console.log(await ask('second'))
