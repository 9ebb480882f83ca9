// A log line is written without waiting; it ends soon after the request.
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withScope } from 'scope-trace'

const folder = await mkdtemp(join(tmpdir(), 'log-'))
const written = []

async function log(line) {
  await appendFile(join(folder, 'app.log'), `${line}\n`)
}

for (let n = 0; n < 10; n++) {
  await withScope(`request ${n}`, async () => {
    written.push(log(`request ${n}`).catch(() => {}))
    await null
  })
}
await Promise.all(written)
await rm(folder, { recursive: true })
