import { early, tracer } from './setup.mjs'

async function load(cached) {
  const span = tracer.startSpan('load') // expect: unclosed-scope
  await null
  if (cached) return
  span.end()
}

async function serve() {
  await tracer.startActiveSpan('serve', async (span) => { // expect: unclosed-scope
    await null
    span.setAttribute('done', true)
  })
}

async function render() {
  const span = early.startSpan('render')
  try {
    await null
    span.end() // with: double-exit
  } finally {
    span.end() // expect: double-exit
  }
}

await load(false)
await load(true)
await serve()
await render()
early.startActiveSpan('early', () => undefined) // expect: unclosed-scope
