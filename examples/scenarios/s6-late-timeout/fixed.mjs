// S6, mended. Each call has a controller and a timer of its own, and takes both with it.
import { setTimeout as sleep } from 'node:timers/promises'

class Agent {
  async call(prompt, { timeoutMs }) {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), timeoutMs)
    try {
      await sleep(prompt.length, undefined, { signal: controller.signal }) // the model thinks
      return `${prompt}: done`
    } finally {
      clearTimeout(timer)
    }
  }
}

const agent = new Agent()
console.log(await agent.call('short', { timeoutMs: 300 }))
console.log((await agent.call('long '.repeat(80), { timeoutMs: 5000 })).length)
