// A synchronous tower of async calls, each awaited, none suspended by itself.
import { mark } from '../mark.mjs'

async function bottom() {
  mark('bottom') // task main
}

async function middle() {
  await bottom()
  mark('middle') // task main
}

async function top() {
  await middle()
  await bottom2()
  mark('top') // task main
}

const bottom2 = async () => mark('bottom2') // task main

await top()
mark('end') // task main
