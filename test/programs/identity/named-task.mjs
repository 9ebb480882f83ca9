// `task` runs a function as a task of its own, whether awaited or not; `withScope` does not.
import { task, withScope } from 'scope-trace'
import { mark } from '../mark.mjs'

async function load() {
  mark('load before') // task job
  await null
  mark('load after') // task job
}

await task('job', async () => {
  mark('job') // task job, spawned by main, joined by main, kind named
  await load()
  mark('job end') // task job
})
await withScope('outer', async () => {
  mark('scope before') // task main
  await null
  mark('scope after') // task main
})
void task('other', async () => {
  await null
  mark('other') // task other, spawned by main, not joined, kind named
})
task('plain', () => mark('plain')) // task plain, spawned by main, kind named
mark('end') // task main
