// options: --block-after 100, so that a short child is long
import { execFile, execSync } from 'node:child_process'

// A script that waits for its child, and nobody for it.
execSync('sleep 0.3')

// The loop turns meanwhile.
const heartbeat = setInterval(() => {}, 5)
execFile('sleep', ['0.3'], () => clearInterval(heartbeat))
