// node: >=24, `using` is younger than Node 22.
// Scopes that are closed by the block they are declared in.
import { enterScope } from 'scope-trace'

async function job(name) {
  using outer = enterScope(name)
  await null
  {
    await using inner = enterScope(`${name} inner`)
    await null
  }
  return outer.exited
}

console.log(await job('one'), (await Promise.all([job('two'), job('three')])).join(' '))
