// The order in which generators, their clean-up and their callers run.
const seen = []
async function* numbers(name, count) {
  try {
    for (let n = 0; n < count; n++) {
      seen.push(`${name} yields ${n}`)
      yield n
    }
  } finally {
    await null
    seen.push(`${name} closed`)
  }
}
async function* delegating() {
  yield* numbers('inner', 2)
  return 'result'
}

async function consume(name, limit) {
  for await (const n of numbers(name, 5)) {
    seen.push(`${name} got ${n}`)
    if (n === limit) break
  }
}

await Promise.all([consume('a', 1), consume('b', 2)])
for await (const n of delegating()) seen.push(`got ${n}`)
const iterator = numbers('queued', 3)
const answers = await Promise.all([iterator.next(), iterator.next(), iterator.return('r'), iterator.next()])
console.log(seen.join('\n'))
console.log(JSON.stringify(answers))
try {
  await numbers('thrown', 1).throw(new TypeError('expected'))
} catch (error) {
  console.log(error.message)
}
