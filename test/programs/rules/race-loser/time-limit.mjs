// A time limit by a race: the work goes on, step by step, long after nobody wants it.
import { setTimeout as sleep } from 'node:timers/promises'

async function work() {
  for (let step = 0; step < 12; step++) await sleep(25)
}

await Promise.race([work(), sleep(20)]) // expect: race-loser
console.log('went on')
