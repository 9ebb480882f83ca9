// exit: 13, because the answer never comes
const answers = new Map()

const ask = (id) => new Promise((resolve) => answers.set(id, resolve)) // with: unsettled-top-level-await

async function request(id) {
  const text = await ask(id).then((answer) => answer.text) // with: unsettled-top-level-await
  return text.trim()
}

setImmediate(() => answers.get(2)?.({ text: 'late' }))
await request(1) // expect: unsettled-top-level-await
