// options: --block-after 100, so that it is looked at soon
import { lookedAt } from '../stood.mjs'

// A compiler, a linter, a bundler: it has set a time limit and a progress bar, and computes.
const progress = setInterval(() => {}, 5)
const limit = setTimeout(() => process.exit(1), 600_000)
let modules = 0
while (!lookedAt(4)) modules++
clearInterval(progress)
clearTimeout(limit)
