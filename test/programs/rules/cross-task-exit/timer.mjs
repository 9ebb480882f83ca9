// A timer closes what the main line opened.
import { enterScope } from 'scope-trace'

const scope = enterScope('upload')
setTimeout(() => {
  scope.exit() // expect: cross-task-exit
}, 5)
