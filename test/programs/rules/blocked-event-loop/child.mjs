// options: --block-after 100, so that a short child is long
import { execFileSync, execSync } from 'node:child_process'

const heartbeat = setInterval(() => {}, 5) // with: blocked-event-loop

function convert() {
  execSync('sleep 0.4') // expect: blocked-event-loop
}

setTimeout(() => {
  convert()
  setTimeout(() => {
    execFileSync('sleep', ['0.4']) // expect: blocked-event-loop
    clearInterval(heartbeat)
  }, 20)
}, 20)
