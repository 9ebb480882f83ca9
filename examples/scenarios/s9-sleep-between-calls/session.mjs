// A client library that says over diagnostics_channel when its sessions open and close.
import { EventEmitter, once } from 'node:events'
import { channel } from 'node:diagnostics_channel'
import { setTimeout as sleep } from 'node:timers/promises'

const entered = channel('scope-trace:scope:enter')
const exited = channel('scope-trace:scope:exit')

export class Session extends EventEmitter {
  #stop = new AbortController()

  constructor(name) {
    super()
    this.name = name
  }

  get signal() {
    return this.#stop.signal
  }

  open() {
    if (entered.hasSubscribers) entered.publish({ scope: this, name: 'session' })
  }

  /** One message of the answer. */
  async receive(options) {
    await sleep(20, undefined, options)
    this.emit('message', `${this.name} answered`)
  }

  async answer() {
    const [message] = await once(this, 'message')
    return message
  }

  /** Asks the reader to end. */
  stop() {
    this.#stop.abort()
  }

  close() {
    this.stop()
    if (exited.hasSubscribers) exited.publish({ scope: this })
  }
}
