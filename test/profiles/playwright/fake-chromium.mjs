#!/usr/bin/env node
/** A browser that answers what playwright asks before there are any pages, over the pipe that it is given. */
import { createReadStream, createWriteStream } from 'node:fs'

const answers = createWriteStream('', { fd: 4 })
let contexts = 0
const results = {
  'Browser.getVersion': () => ({ protocolVersion: '1.3', product: 'Fake/1', revision: '', userAgent: 'Fake', jsVersion: '' }),
  'Storage.getCookies': () => ({ cookies: [] }),
  'Target.createBrowserContext': () => ({ browserContextId: `context-${++contexts}` }),
}
let pending = ''
createReadStream('', { fd: 3, encoding: 'utf8' }).on('data', (text) => {
  const messages = (pending + text).split('\0')
  pending = messages.pop()
  for (const { id, method, sessionId } of messages.map((message) => JSON.parse(message))) {
    answers.write(`${JSON.stringify({ id, sessionId, result: results[method]?.() ?? {} })}\0`)
    if (method === 'Browser.close') process.exit()
  }
}).on('end', () => process.exit())
