// options: --abort-grace 300
// S4, cured. The uploads are tasks of a group: its signal cancels them, and it does not end before they do.
import { setTimeout as sleep } from 'node:timers/promises'
import { taskGroup } from 'scope-trace/remedies'

const uploaded = []

/** Sends one file, piece by piece. */
async function upload(file, { signal }) {
  for (let piece = 1; piece <= 30; piece++) {
    await sleep(25, undefined, { signal })
    uploaded.push(`${file}/${piece}`)
  }
}

function exportAll(files, { signal }) {
  return taskGroup(async ({ start, signal }) => {
    for (const file of files) {
      start((group) => upload(file, group))
      await sleep(20, undefined, { signal }) // the rate limit
    }
  }, { name: 'export', signal })
}

const controller = new AbortController()
const exporting = exportAll(['january', 'february', 'march'], controller)
await sleep(30)
controller.abort(new Error('the user left'))
await exporting.catch((error) => console.log(error.message))
console.log('nothing is uploaded any more')
