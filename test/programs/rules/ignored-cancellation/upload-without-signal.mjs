// options: --abort-grace 300
// The export obeys its signal and ends; an upload that it started never heard of it.
import { setTimeout as sleep } from 'node:timers/promises'

async function upload() {
  for (let piece = 0; piece < 40; piece++) await sleep(20)
}

async function exportFiles({ signal }) {
  upload() // expect: ignored-cancellation
  await sleep(5000, undefined, { signal })
}

const controller = new AbortController()
const exporting = exportFiles(controller)
await sleep(20)
controller.abort() // with: ignored-cancellation
await exporting.catch((error) => console.log(error.name))
