// Everything of a module that a program can look at, without the paths.
exports.describeModule = (module) => JSON.stringify({
  keys: Object.keys(module),
  loaded: Object.getOwnPropertyDescriptor(module, 'loaded'),
  prototype: Object.getPrototypeOf(module) === require('node:module').prototype,
})
