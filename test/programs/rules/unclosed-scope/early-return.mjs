// An early return leaves the scope open.
import { enterScope } from 'scope-trace'

async function handle(request) {
  const scope = enterScope('request') // expect: unclosed-scope
  await null
  if (!request.body) return 'nothing to do'
  scope.exit()
  return 'done'
}

await Promise.all([handle({}), handle({ body: 'x' })])
