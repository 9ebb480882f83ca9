// options: --grace 2000
// Nobody ever waits for these calls, and they end soon: within the grace period, also on a busy machine.
import { setImmediate as turn } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function audit() {
  await turn()
}

for (let n = 0; n < 10; n++) {
  await withScope(`request ${n}`, async () => {
    void audit(n)
    await null
  })
}
