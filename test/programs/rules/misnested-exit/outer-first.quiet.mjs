// Closed in the opposite order of opening.
import { enterScope } from 'scope-trace'

async function transfer() {
  const connection = enterScope('connection')
  const transaction = enterScope('transaction')
  await null
  transaction.exit()
  connection.exit()
}

await transfer()
