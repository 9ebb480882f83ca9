// twin: none, CommonJS has no top-level await.
// Module bodies run in the main task, also one that is suspended at its top level.
import { value } from './parts/suspended-module.mjs'
import { mark } from '../mark.mjs'

mark('after import') // task main
await null
mark('after await') // task main
mark('end', value) // task main
