// S6. One controller serves all calls. The timer of call 1 is never cleared: it aborts call 2.
import { setTimeout as sleep } from 'node:timers/promises'

class Agent {
  #controller = new AbortController()

  async call(prompt, { timeoutMs }) {
    const { signal } = this.#controller
    setTimeout(() => this.#controller.abort(), timeoutMs) // expect: residual-cancellation
    await sleep(prompt.length, undefined, { signal }) // the model thinks
    return `${prompt}: done`
  }
}

const agent = new Agent()
console.log(await agent.call('short', { timeoutMs: 300 }))
console.log(await agent.call('long '.repeat(80), { timeoutMs: 5000 }).catch((error) => `call 2: ${error.message}`))
process.exit() // the timer of call 2 would keep the program alive
