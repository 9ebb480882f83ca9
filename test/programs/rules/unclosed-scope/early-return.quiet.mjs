// `withScope` closes on every way out.
import { withScope } from 'scope-trace'

async function handle(request) {
  return withScope('request', async () => {
    await null
    if (!request.body) return 'nothing to do'
    return 'done'
  })
}

await Promise.all([handle({}), handle({ body: 'x' })])
