// A debounced save runs after the scope of the last edit; its timer is a task of its own.
import { withScope } from 'scope-trace'

let timer
let saves = 0
function saveSoon() {
  clearTimeout(timer)
  timer = setTimeout(save, 20)
}

async function save() {
  await withScope('save', async () => {
    saves++
    await null
  })
}

for (let n = 0; n < 5; n++) {
  await withScope(`edit ${n}`, async () => {
    saveSoon()
    await null
  })
}
process.on('exit', () => console.log(saves))
