import { enterScope } from 'scope-trace'

/** Leaves a scope in the recording, so that it shows which task ran this very line. */
export function mark(...label) {
  enterScope(label.join(' ')).exit()
}
