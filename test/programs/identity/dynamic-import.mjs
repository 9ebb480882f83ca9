// twin: none, the imported module has a top-level await.
// An awaited `import()` runs the module's body while the caller waits.
import { mark } from '../mark.mjs'

mark('start') // task main
await import('./parts/suspended-module.mjs')
mark('end') // task main
