import { setTimeout as sleep } from 'node:timers/promises'

async function backOff() {
  await sleep(5)
}

await backOff()
