// An async generator with a `return` of its own, which calls the one that it inherits.
async function* rows(name) {
  try {
    for (let row = 1; ; row++) {
      yield row
      await null
    }
  } finally {
    console.log(`${name} closed`)
  }
}

function stoppable(name, state) {
  const generator = rows(name)
  const { return: close } = generator
  generator.return = (value) => {
    state.stopped = true
    return close.call(generator, value)
  }
  return generator
}

// The inherited `return` is looked up on nothing that belongs to the generator.
const INHERITED = Object.getPrototypeOf(rows.prototype).return

function borrowed(name, state) {
  const generator = rows(name)
  generator.return = (value) => {
    state.stopped = true
    return INHERITED.call(generator, value)
  }
  return generator
}

for (const make of [stoppable, borrowed]) {
  const state = { stopped: false }
  for await (const row of make(make.name, state)) if (row >= 3) break
  console.log(make.name, state)
}
