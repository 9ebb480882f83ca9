// options: --abort-grace 300
// The upload works under a signal of its own that follows the export's; it takes its time to end.
import { setTimeout as sleep } from 'node:timers/promises'

async function upload(signal) {
  for (let piece = 0; piece < 40; piece++) {
    await sleep(20)
    if (signal.aborted) break
  }
  await sleep(700) // tells the server
}

async function exportFiles({ signal }) {
  upload(AbortSignal.any([signal, AbortSignal.timeout(10_000)]))
  await sleep(5000, undefined, { signal })
}

const controller = new AbortController()
const exporting = exportFiles(controller)
await sleep(20)
controller.abort()
await exporting.catch((error) => console.log(error.name))
