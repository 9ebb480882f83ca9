// options: --abort-grace 300
// S4. The export obeys its caller's signal; the uploads that it started never heard of it.
import { setTimeout as sleep } from 'node:timers/promises'

const uploaded = []

/** Sends one file, piece by piece. */
async function upload(file) {
  for (let piece = 1; piece <= 30; piece++) {
    await sleep(25)
    uploaded.push(`${file}/${piece}`)
  }
}

async function exportAll(files, { signal }) {
  for (const file of files) {
    signal.throwIfAborted()
    void upload(file) // expect: ignored-cancellation
    await sleep(20, undefined, { signal }) // the rate limit
  }
}

const controller = new AbortController()
const exporting = exportAll(['january', 'february', 'march'], controller)
await sleep(30)
controller.abort(new Error('the user left'))
await exporting.catch((error) => console.log(error.cause?.message ?? error.message))
console.log('nothing is uploaded any more')
