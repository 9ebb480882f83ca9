// A lazy query, as database libraries build it: the work starts when it is awaited.
import { mark } from '../mark.mjs'

async function execute(text) {
  mark('execute before', text) // task main
  await null
  mark('execute after', text) // task main
  return [text]
}

class Query {
  constructor(text) {
    this.text = text
  }

  then(onResolved, onRejected) {
    return execute(this.text).then(onResolved, onRejected)
  }
}

await new Query('one')
mark('between') // task main
await new Query('two')
mark('end') // task main
