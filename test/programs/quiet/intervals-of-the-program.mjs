// Intervals that belong to the whole program, although a first request starts them: one is stopped at
// shutdown, one keeps nothing alive, one is left running by a program that exits by itself.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

let flushes = 0
let flusher
let reaper
let metrics

function startReaper() {
  reaper ??= setInterval(() => flushes++, 50).unref()
}

for (let n = 0; n < 4; n++) {
  await withScope('request', async () => {
    flusher ??= setInterval(() => flushes++, 50)
    metrics ??= setInterval(() => flushes++, 50)
    startReaper()
    await sleep(1)
  })
}
await sleep(300)
clearInterval(flusher)
await sleep(10)
process.exit()
