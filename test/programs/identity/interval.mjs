// Every tick of an interval is a task of its own.
import { mark } from '../mark.mjs'

let tick = 0
const interval = setInterval(() => {
  mark('tick', ++tick) // task tick-*, spawned by main, kind callback
  if (tick === 3) clearInterval(interval)
}, 1)
mark('main') // task main
