// A client is opened by one job, cached, and closed by another job.
import { enterScope } from 'scope-trace'

const clients = new Map()

async function connect(name) {
  const scope = enterScope(`session ${name}`)
  await null
  return { close: () => scope.exit() } // expect: cross-task-exit
}

async function observe() {
  clients.set('market', await connect('market'))
}

async function trade() {
  clients.get('market').close()
}

setImmediate(() => observe())
// On a busy machine the time is up before the loop turns for the first time.
setTimeout(() => setImmediate(() => trade()), 10)
