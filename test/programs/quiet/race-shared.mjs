// Requests that share one load each give up after a while; the load itself was meant to go on.
import { setTimeout as sleep } from 'node:timers/promises'

const loads = new Map()

async function load(key) {
  for (let step = 0; step < 10; step++) await sleep(25)
  return `value of ${key}`
}

function get(key) {
  let loading = loads.get(key)
  if (loading === undefined) loads.set(key, (loading = load(key)))
  return loading
}

async function getLater(key) {
  return await get(key)
}

async function patient(key) {
  return await getLater(key)
}

async function impatient(key) {
  return Promise.race([get(key), sleep(20, 'not yet')])
}

async function impatientToo(key) {
  return Promise.race([getLater(key), sleep(20, 'not yet')])
}

console.log(await impatient('one'))
console.log(await Promise.all([impatient('two'), impatientToo('two'), patient('two')]))
console.log(await impatientToo('one'))
console.log(await get('one'))
