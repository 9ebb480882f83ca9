// `runInAsyncScope` is a synchronous call: it runs in its caller's task, whoever made the resource.
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'
import { mark } from '../mark.mjs'

const resource = new AsyncResource('Pool')
const bound = AsyncLocalStorage.bind(() => mark('bound')) // task job

async function job() {
  await null
  mark('job') // task job, spawned by main, joined by main
  resource.runInAsyncScope(() => mark('in scope')) // task job
  bound()
  await resource.runInAsyncScope(callee)
}

async function callee() {
  mark('callee before') // task job
  await null
  mark('callee after') // task job
}

await Promise.all([job()])
mark('end') // task main
