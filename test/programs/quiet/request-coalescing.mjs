// The first request starts the load, others wait for it too, and it outlives the first request,
// which gave up after a while: someone still waits for it.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const loading = new Map()
function load(key) {
  if (!loading.has(key)) loading.set(key, fetchValue(key).finally(() => loading.delete(key)))
  return loading.get(key)
}

async function fetchValue(key) {
  await sleep(400)
  return `value of ${key}`
}

const request = (name, patience) =>
  withScope(name, async () => {
    const controller = new AbortController()
    const timeout = sleep(patience, 'gave up', { signal: controller.signal }).catch(() => {})
    const answer = await Promise.race([load('a'), timeout])
    controller.abort()
    await timeout
    return answer
  })

const answers = await Promise.all([request('impatient', 20), request('patient', 5000)])
console.log(answers.join(', '))
