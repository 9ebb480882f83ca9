// An error between entering and exiting.
import { enterScope } from 'scope-trace'

async function job() {
  const scope = enterScope('job') // expect: unclosed-scope
  await step()
  scope.exit()
}

async function step() {
  await null
  throw new Error('expected')
}

setImmediate(async () => {
  try {
    await job()
  } catch {
    // logged elsewhere
  }
})
