exports.Inner = require('./inner').Inner
exports.stack = new Error('at load').stack
exports.loaded = module.loaded
exports.described = Object.keys(module).join()
