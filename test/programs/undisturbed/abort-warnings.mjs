// Warnings about many listeners come when they always came.
import { setMaxListeners } from 'node:events'

process.on('warning', (warning) => console.log(warning.name, warning.message, warning.count, warning.type))
const crowded = new AbortController()
for (let n = 0; n < 15; n++) crowded.signal.addEventListener('abort', () => undefined)
const bounded = new AbortController()
setMaxListeners(2, bounded.signal)
for (let n = 0; n < 5; n++) bounded.signal.addEventListener('abort', () => undefined)
const target = new EventTarget()
for (let n = 0; n < 12; n++) target.addEventListener('abort', () => undefined)
const following = new AbortController()
for (let n = 0; n < 15; n++) target.addEventListener(`x${n}`, () => undefined, { signal: following.signal })
