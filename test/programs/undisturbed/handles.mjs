// Timers, servers, sockets, children, workers, watchers and ports look and end as they do by themselves.
import { AsyncResource } from 'node:async_hooks'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { fileURLToPath } from 'node:url'
import { MessageChannel, Worker } from 'node:worker_threads'

const show = (label, ...values) => console.log(label, ...values)
const listen = net.Server.prototype.listen

show('listen', listen.name, listen.length, typeof listen, 'listen' in net.Server.prototype, Object.keys(net.Server.prototype).includes('listen'))
show('inherited', Object.hasOwn(new net.Server(), 'listen'), http.Server.prototype.listen === listen, new net.Server().listen === listen)

class Subclass extends net.Server {
  listen(...given) {
    show('overridden', given.length)
    return super.listen(...given)
  }
}
const subclass = new Subclass()
const own = new net.Server()
own.listen = () => 'own'
show('own', own.listen(), Object.hasOwn(own, 'listen'), JSON.stringify(Object.getOwnPropertyDescriptor(own, 'listen')))
try {
  new net.Server().listen(-1)
} catch (error) {
  show('error', error.code, error.stack.split('\n').filter((line) => line.includes('at ')).map((line) => /at (?:async )?([\w.<>]+)/.exec(line)?.[1]).slice(0, 3).join())
}

const before = process.getActiveResourcesInfo().length
const timer = setTimeout(() => {}, 50)
const interval = setInterval(() => {}, 50)
show('timers', Object.keys(timer).join(), Object.getOwnPropertySymbols(timer).length, timer.hasRef(), interval.hasRef(), timer.constructor.name)
show('unref', timer.unref() === timer, timer.hasRef(), timer.ref().hasRef(), process.getActiveResourcesInfo().length - before)
clearTimeout(timer)
show('cleared', timer.hasRef(), timer._destroyed, process.getActiveResourcesInfo().length - before)
timer.refresh()
show('refreshed', timer._destroyed)
clearInterval(interval)

const order = []
await new Promise((resolve) => {
  setTimeout(() => { order.push('timer'); process.nextTick(() => order.push('tick')); Promise.resolve().then(() => order.push('microtask')) }, 1)
  const twice = setInterval(() => { order.push('interval'); if (order.length > 6) { clearInterval(twice); resolve() } }, 1)
})
show('order', order.slice(0, 4).join())

class Pretender extends AsyncResource {
  constructor() { super('Timeout') }
  get _destroyed() { show('read by somebody'); return false }
  hasRef() { show('called by somebody'); return true }
}
class PretendedSocket extends AsyncResource {
  constructor() { super('TCPWRAP') }
  hasRef() { show('called by somebody'); return true }
}
const pretenders = [new Pretender(), new PretendedSocket()]

await once(subclass.listen(0, '127.0.0.1'), 'listening')
const { port } = subclass.address()
const client = net.connect(port, '127.0.0.1')
const [accepted] = await once(subclass, 'connection')
show('active', process._getActiveHandles().map((handle) => handle.constructor.name).filter((name) => /Server|Subclass/.test(name)).join())
const resources = (names) => process.getActiveResourcesInfo().filter((name) => names.test(name)).sort().join()
const others = /Timeout|FSEvent|Process|MessagePort/
show('resources', resources(/TCP/))
client.destroy()
accepted.destroy()
subclass.close()
await once(subclass, 'close')

const watcher = watch(fileURLToPath(new URL('.', import.meta.url)))
const { port1, port2 } = new MessageChannel()
port1.on('message', () => {})
const child = spawn(process.execPath, ['-e', ''])
show('resources', resources(others))
watcher.close()
port1.close()
port2.close()
show('child', (await once(child, 'exit')).join())
const worker = new Worker('', { eval: true })
show('worker', (await once(worker, 'exit')).join())
await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
show('resources', resources(others), pretenders.length)

for (let n = 0; n < 2000; n++) clearTimeout(setTimeout(() => {}, 1000))
await new Promise((resolve) => setTimeout(resolve, 5))
show('many', resources(others))
setInterval(() => show('never'), 10_000).unref()
