// A loop iterates over a feed, and a timer closes it in the middle of an item's work.
import { setTimeout as delay } from 'node:timers/promises'

async function* feed() {
  try {
    for (let price = 1; price < 100; price++) yield price // with: cross-task-generator
  } finally {
    await delay(1)
    console.log('closed')
  }
}

const prices = feed()

async function show() {
  for await (const price of prices) { // with: cross-task-generator
    console.log(price)
    await delay(30)
  }
}

setTimeout(() => {
  void prices.return() // expect: cross-task-generator
}, 10)
void show()
