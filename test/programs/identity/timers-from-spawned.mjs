// The spawner of a callback is the task that scheduled it.
import { mark } from '../mark.mjs'

async function job() {
  await null
  mark('job') // task job, spawned by main
  setImmediate(() => mark('immediate')) // task immediate, spawned by job
  await null
  queueMicrotask(() => mark('microtask')) // task microtask, spawned by job
}

mark('start') // task main
void job()
setImmediate(() => {
  mark('outer') // task outer, spawned by main
  setImmediate(() => mark('inner')) // task inner, spawned by outer
})
