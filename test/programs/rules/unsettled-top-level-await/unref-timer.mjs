// exit: 13, because an unref'd timer does not keep the program alive
import { setTimeout as sleep } from 'node:timers/promises'

async function backOff() {
  await sleep(60_000, undefined, { ref: false }) // with: unsettled-top-level-await
}

await backOff() // expect: unsettled-top-level-await
