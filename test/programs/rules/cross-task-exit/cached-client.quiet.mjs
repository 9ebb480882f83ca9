// Each job opens its own client and closes it.
import { enterScope } from 'scope-trace'

async function connect(name) {
  const scope = enterScope(`session ${name}`)
  await null
  return { close: () => scope.exit() }
}

async function job() {
  const client = await connect('market')
  try {
    await null
  } finally {
    client.close()
  }
}

setImmediate(() => job())
setTimeout(() => job(), 10)
