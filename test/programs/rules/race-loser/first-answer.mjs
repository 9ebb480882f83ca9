// Several servers are asked, one answer is enough: the others are read to their end.
import { setTimeout as sleep } from 'node:timers/promises'

async function download(server, pieces) {
  for (let piece = 0; piece < pieces; piece++) await sleep(20)
  return server
}

async function first(servers) {
  return Promise.any(servers.map(([server, pieces]) => download(server, pieces))) // expect: race-loser
}

console.log(await first([['near', 1], ['far', 15]]))
