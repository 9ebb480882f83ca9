// The first answer stops the others.
import { setTimeout as sleep } from 'node:timers/promises'

async function download(server, pieces, signal) {
  for (let piece = 0; piece < pieces; piece++) await sleep(20, undefined, { signal })
  return server
}

async function first(servers) {
  const enough = new AbortController()
  try {
    return await Promise.any(servers.map(([server, pieces]) => download(server, pieces, enough.signal)))
  } finally {
    enough.abort()
  }
}

console.log(await first([['near', 1], ['far', 15]]))
