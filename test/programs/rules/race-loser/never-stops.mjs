// A loop that polls for what the other member of the race has brought goes on until the program exits.
import { setTimeout as sleep } from 'node:timers/promises'

async function poll() {
  for (;;) await sleep(10)
}

await Promise.race([sleep(20), poll()]) // expect: race-loser
await sleep(300)
process.exit()
