// The timer asks the body to stop, and the loop ends by itself.
import { setTimeout as delay } from 'node:timers/promises'

async function* feed(signal) {
  try {
    for (let price = 1; price < 100 && !signal.aborted; price++) yield price
  } finally {
    await delay(1)
    console.log('closed')
  }
}

const stop = new AbortController()

async function show() {
  for await (const price of feed(stop.signal)) {
    console.log(price)
    await delay(30)
  }
}

setTimeout(() => { stop.abort() }, 10)
void show()
