// A write that nobody waits for, and that is over well within the time that work may take to end.
import { setTimeout as sleep } from 'node:timers/promises'

async function save() {
  await sleep(150)
}

async function handle({ signal }) {
  void save()
  await sleep(5000, undefined, { signal })
}

const controller = new AbortController()
const handling = handle(controller)
await sleep(20)
controller.abort()
await handling.catch((error) => console.log(error.name))
