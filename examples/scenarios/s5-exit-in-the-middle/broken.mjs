// node: >=24, where AsyncDisposableStack is part of the language
// S5. The program exits in the middle of a job, and after an import that never closed its file.
import { setTimeout as sleep } from 'node:timers/promises'

async function importRows(rows) {
  const file = new AsyncDisposableStack()
  file.defer(() => sleep(1)) // expect: unclosed-scope
  for (const row of rows) {
    await sleep(2)
    if (row === '') throw new Error('an empty row')
  }
  await file.disposeAsync()
}

async function watchPrices() {
  const connection = new AsyncDisposableStack()
  connection.defer(() => sleep(1)) // expect: unfinished-at-exit
  for (;;) await sleep(5)
}

setImmediate(() => {
  watchPrices()
  importRows(['ACME', '']).catch((error) => {
    console.log(error.message)
    setTimeout(() => process.exit(), 10) // let the log be written
  })
})
