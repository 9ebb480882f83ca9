// options: --abort-grace 300
// A controller of its own that is aborted along with the caller's signal.
import { setTimeout as sleep } from 'node:timers/promises'

async function download(signal) {
  await sleep(5000, undefined, { signal }).catch(() => {})
  await sleep(700) // removes what is there
}

async function install({ signal }) {
  const own = new AbortController()
  signal.addEventListener('abort', () => own.abort(), { once: true })
  void download(own.signal)
  await sleep(5000, undefined, { signal })
}

const controller = new AbortController()
const installing = install(controller)
await sleep(20)
controller.abort()
await installing.catch((error) => console.log(error.name))
