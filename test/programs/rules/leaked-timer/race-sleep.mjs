// Racing against a sleep: whoever wins, the sleep goes on.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const answer = async () => 'answer'

await withScope('question', async () => { // with: leaked-timer
  await Promise.race([answer(), sleep(400, 'too late')]) // expect: leaked-timer
})
