export * from './pool.mjs'
export { Pool as default } from './pool.mjs'
//# sourceMappingURL=index.mjs.map