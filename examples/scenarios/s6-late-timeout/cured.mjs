// S6, cured. Each call has a deadline of its own, which is gone when the call is.
import { setTimeout as sleep } from 'node:timers/promises'
import { deadline } from 'scope-trace/remedies'

class Agent {
  call(prompt, { timeoutMs }) {
    return deadline(timeoutMs, async ({ signal }) => {
      await sleep(prompt.length, undefined, { signal }) // the model thinks
      return `${prompt}: done`
    })
  }
}

const agent = new Agent()
console.log(await agent.call('short', { timeoutMs: 300 }))
console.log((await agent.call('long '.repeat(80), { timeoutMs: 5000 })).length)
