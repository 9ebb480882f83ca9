// The connection is closed while the transaction inside it is still open.
import { enterScope } from 'scope-trace'

async function transfer() {
  const connection = enterScope('connection')
  const transaction = enterScope('transaction')
  await null
  connection.exit() // expect: misnested-exit
  transaction.exit()
}

await transfer()
