import { mark } from '../../mark.mjs'

mark('module before') // task main
await null
mark('module after') // task main
export const value = 1
