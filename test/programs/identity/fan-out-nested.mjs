// A fan-out inside a fan-out: each member is spawned and joined by the member that started it.
import { mark } from '../mark.mjs'

async function leafOfLeft() {
  await null
  mark('left leaf') // task left-leaf, spawned by left, joined by left
}

async function leafOfRight() {
  await null
  mark('right leaf') // task right-leaf, spawned by right, joined by right
}

async function left() {
  mark('left') // task left, spawned by main, joined by main
  await Promise.all([leafOfLeft(), null])
  mark('left end') // task left
}

async function right() {
  await null
  mark('right') // task right, spawned by main, joined by main
  await Promise.all([leafOfRight()])
  mark('right end') // task right
}

await Promise.all([left(), right()])
mark('end') // task main
