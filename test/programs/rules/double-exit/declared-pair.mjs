import { declareScope } from 'scope-trace'

const stack = {
  push() { return this },
  pop() { return this },
}
const listeners = { subscribe: () => () => undefined }

declareScope({ name: 'pushed', enter: 'stack.push', carrier: 'this', exit: ['stack.pop'] }, { stack })
declareScope({ name: 'subscription', enter: 'listeners.subscribe', exit: 'returned' }, { listeners })

stack.push()
stack.pop() // with: double-exit
stack.pop() // expect: double-exit

const unsubscribe = listeners.subscribe()
unsubscribe() // with: double-exit
unsubscribe() // expect: double-exit
