/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Compares each round with the plain run of the same round, so that a slow minute of the machine
 * meets both.
 *
 * @param {'ratio' | 'bytes' | 'ms' | 'MiB'} unit
 * @param {readonly number[]} plain
 * @param {readonly number[]} other of the same rounds
 */
export function compare(unit, plain, other) {
  const pairs = other.map((value, i) => (unit === 'ratio' ? value / plain[i] : value - plain[i]));
  return { median: median(pairs), min: Math.min(...pairs), max: Math.max(...pairs) };
}
