/**
 * Measures the work of a program from inside it, so that start-up and exit are not part of it.
 *
 * Both phases are set in CPU milliseconds by the environment; a batch is small, and the event
 * loop turns between batches, because a program that never leaves the microtask queue would
 * keep every tracker from cleaning up.
 */
import { setImmediate as turn } from 'node:timers/promises';

const warmUpMs = Number(process.env.BENCH_WARM_UP_MS ?? 400);
const workMs = Number(process.env.BENCH_WORK_MS ?? 1500);

/** @param {NodeJS.CpuUsage} [since] @returns {number} CPU milliseconds, user and system, all threads. */
export function cpuMs(since) {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

async function repeat(batch, lastsMs) {
  const start = process.cpuUsage();
  const wall = process.hrtime.bigint();
  let batches = 0;
  do {
    await batch();
    await turn();
    batches++;
  } while (cpuMs(start) < lastsMs);
  return { batches, cpuMs: cpuMs(start), wallMs: Number(process.hrtime.bigint() - wall) / 1e6 };
}

/** Writes the one line that the bench reads. @param {Record<string, number>} result */
export function report(result) {
  console.log(JSON.stringify(result));
}

/**
 * Runs `batch` until the work has used its CPU time, and reports the cost of one operation.
 *
 * @param {number} operations in one batch
 * @param {() => Promise<unknown>} batch
 */
export async function measure(operations, batch) {
  await repeat(batch, warmUpMs);
  const work = await repeat(batch, workMs);
  report({ value: work.cpuMs / (work.batches * operations), cpuMs: work.cpuMs, wallMs: work.wallMs });
}

/** @returns {Promise<number>} Bytes that live after a full collection, typed arrays included. */
export async function liveBytes() {
  for (let i = 0; i < 4; i++) {
    await turn();
    globalThis.gc();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
