// An error that nobody catches: Node prints it and ends with 1.
async function inner() {
  await null
  throw new Error('nobody catches this')
}

async function outer() {
  await inner()
}

setTimeout(() => console.log('never printed'), 1000)
void outer()
