// The executor is a synchronous function of its caller.
import { mark } from '../mark.mjs'

await new Promise((resolve) => {
  mark('executor') // task main
  resolve()
})
mark('end') // task main
