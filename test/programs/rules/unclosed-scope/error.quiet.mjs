// `finally` closes it, whatever happens.
import { enterScope } from 'scope-trace'

async function job() {
  const scope = enterScope('job')
  try {
    await step()
  } finally {
    scope.exit()
  }
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
