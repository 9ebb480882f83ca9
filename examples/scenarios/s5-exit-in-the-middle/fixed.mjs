// node: >=24, where AsyncDisposableStack is part of the language
// S5, mended. Every way out of the import closes the file, and the program ends when its jobs have ended.
import { setTimeout as sleep } from 'node:timers/promises'

async function importRows(rows) {
  const file = new AsyncDisposableStack()
  file.defer(() => sleep(1))
  try {
    for (const row of rows) {
      await sleep(2)
      if (row === '') throw new Error('an empty row')
    }
  } finally {
    await file.disposeAsync()
  }
}

async function watchPrices(signal) {
  const connection = new AsyncDisposableStack()
  connection.defer(() => sleep(1))
  try {
    while (!signal.aborted) await sleep(5)
  } finally {
    await connection.disposeAsync()
  }
}

const stop = new AbortController()
setImmediate(() => {
  watchPrices(stop.signal)
  importRows(['ACME', '']).catch((error) => {
    console.log(error.message)
    stop.abort()
  })
})
