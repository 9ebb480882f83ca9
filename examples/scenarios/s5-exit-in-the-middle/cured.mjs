// node: >=24, where AsyncDisposableStack is part of the language
// S5, cured. Both jobs run in one group: when the import fails, the other one is cancelled and waited for.
import { setTimeout as sleep } from 'node:timers/promises'
import { taskGroup } from 'scope-trace/remedies'

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

async function watchPrices({ signal }) {
  const connection = new AsyncDisposableStack()
  connection.defer(() => sleep(1))
  try {
    for (;;) await sleep(5, undefined, { signal })
  } finally {
    await connection.disposeAsync()
  }
}

setImmediate(async () => {
  const jobs = taskGroup(({ start }) => {
    start('watch', watchPrices)
    start('import', () => importRows(['ACME', '']))
  }, { name: 'jobs', closeTimeout: 1000 })
  await jobs.catch((error) => console.log(error.message))
})
