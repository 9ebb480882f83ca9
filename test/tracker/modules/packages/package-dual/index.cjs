exports.Pool = class Pool { where() { return new Error('inside').stack } }
