import { declareScope } from 'scope-trace'

const stack = {
  push() { return this },
  pop() { return this },
  clear() { return this },
}
const listeners = { subscribe: () => () => undefined }

declareScope({ name: 'pushed', enter: 'stack.push', carrier: 'this', exit: ['stack.pop', 'stack.clear'] }, { stack })
declareScope({ name: 'subscription', enter: 'listeners.subscribe', exit: 'returned', expect: { once: false } }, { listeners })

stack.push()
stack.pop()
stack.push()
stack.clear()

const unsubscribe = listeners.subscribe()
unsubscribe()
unsubscribe()
