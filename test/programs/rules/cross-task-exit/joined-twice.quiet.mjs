// The scope passes up two levels: opened by a leaf, joined by a member, joined by main.
import { enterScope } from 'scope-trace'

async function leaf() {
  await null
  return enterScope('leaf')
}

async function member() {
  const [scope] = await Promise.all([leaf()])
  await null
  return scope
}

const [scope] = await Promise.all([member()])
scope.exit()
