// options: --abort-grace 300
// S4, mended. Each upload gets the signal, and the export waits for all of them before it ends.
import { setTimeout as sleep } from 'node:timers/promises'

const uploaded = []

/** Sends one file, piece by piece. */
async function upload(file, { signal }) {
  for (let piece = 1; piece <= 30; piece++) {
    await sleep(25, undefined, { signal })
    uploaded.push(`${file}/${piece}`)
  }
}

async function exportAll(files, { signal }) {
  const uploads = []
  try {
    for (const file of files) {
      signal.throwIfAborted()
      uploads.push(upload(file, { signal }))
      await sleep(20, undefined, { signal }) // the rate limit
    }
  } finally {
    await Promise.allSettled(uploads)
  }
}

const controller = new AbortController()
const exporting = exportAll(['january', 'february', 'march'], controller)
await sleep(30)
controller.abort(new Error('the user left'))
await exporting.catch((error) => console.log(error.cause?.message ?? error.message))
console.log('nothing is uploaded any more')
