// Waiting for files keeps the task; a callback of node:fs is a task of its own.
import { readFile as readWithCallback } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { mark } from '../mark.mjs'

const file = process.argv[1]
async function size() {
  mark('size before') // task main
  const found = await stat(file)
  mark('size after') // task main
  return found.size
}

await size()
await readFile(file).then(() => mark('read')) // task main
const handle = await open(file)
for await (const line of handle.readLines()) if (line.includes('node:fs')) break
mark('lines') // task main
readWithCallback(file, () => mark('callback')) // task callback, spawned by main, kind callback
