const answers = new Map()

const ask = (id) => new Promise((resolve) => answers.set(id, resolve))

async function request(id) {
  const text = await ask(id).then((answer) => answer.text)
  return text.trim()
}

setImmediate(() => answers.get(1)({ text: 'late' }))
await request(1)
