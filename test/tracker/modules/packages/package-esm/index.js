export const url = import.meta.url
export const stack = new Error("at load").stack
export class Esm {}