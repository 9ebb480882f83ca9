// options: --block-after 100, so that it is looked at soon
import { connect, createServer } from 'node:net'
import { lookedAt } from '../../stood.mjs'

const server = createServer((socket) => socket.end())

function hash() {
  let rounds = 0
  while (!lookedAt(4)) rounds++ // expect: blocked-event-loop
  return rounds
}

server.listen(0, '127.0.0.1', () => {
  setImmediate(() => {
    const client = connect(server.address().port, '127.0.0.1', () => client.resume().on('end', () => server.close()))
    process.nextTick(hash)
  })
})
