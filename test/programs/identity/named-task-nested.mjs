// Named tasks inside named tasks, and fan-out over them.
import { task } from 'scope-trace'
import { mark } from '../mark.mjs'

await Promise.all(
  ['a', 'b'].map((name) =>
    task(name, async () => {
      await null
      mark('outer', name) // task outer-*, spawned by main, joined by main, kind named
      await task(`${name} inner`, async () => {
        mark('inner', name) // task inner-*, spawned by outer-*, joined by outer-*, kind named
        await null
        mark('inner end', name) // task inner-*
      })
      mark('outer end', name) // task outer-*
    }),
  ),
)
mark('end') // task main
