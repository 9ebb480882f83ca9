// node: >=24, `await using` is younger than Node 22.
// Disposal is awaited at the end of the block, by the task that runs the block.
import { mark } from '../mark.mjs'

async function open() {
  await null
  mark('open') // task main
  return {
    async [Symbol.asyncDispose]() {
      mark('dispose before') // task main
      await null
      mark('dispose after') // task main
    },
  }
}

{
  await using connection = await open()
  mark('block', typeof connection) // task main
}
mark('end') // task main
