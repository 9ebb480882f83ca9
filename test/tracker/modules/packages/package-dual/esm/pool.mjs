await 0
export class Pool { where() { return new Error('inside').stack } }
export let live = 1
export function count() { live++ }
/* the end */