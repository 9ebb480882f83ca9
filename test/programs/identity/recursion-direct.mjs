// A function that awaits itself: one task at every depth.
import { mark } from '../mark.mjs'

async function down(depth) {
  mark('down', depth) // task main
  if (depth > 0) await down(depth - 1)
  mark('up', depth) // task main
}

await down(3)
mark('end') // task main
