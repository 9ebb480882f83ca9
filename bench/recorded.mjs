import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What the tracker counted in a session, over all its programs, and for which part of the computing
 * time promises were followed. Absent when nothing was recorded.
 *
 * @param {string} session folder
 */
export async function readCounts(session) {
  const files = (await readdir(session)).filter((name) => name.endsWith('.jsonl'));
  const totals = { tasks: 0, inferredTasks: 0, scopes: 0, dropped: 0, failures: [] };
  const time = { computedMs: 0, unfollowedMs: 0 };
  for (const file of files) {
    const text = await readFile(join(session, file), 'utf8');
    const records = text.split('\n').filter((line) => /^{"kind":"(counted|following-\w+|tracker-failed)"/.test(line));
    const parsed = records.map((line) => JSON.parse(line));
    const counted = parsed.filter((record) => record.kind === 'counted').at(-1) ?? {};
    for (const key of ['tasks', 'inferredTasks', 'scopes', 'dropped']) totals[key] += counted[key] ?? 0;
    const following = parsed.filter(({ kind }) => kind.startsWith('following-')).at(-1) ?? {};
    for (const key of ['computedMs', 'unfollowedMs']) time[key] += following[key] ?? 0;
    totals.failures.push(...parsed.filter(({ kind }) => kind === 'tracker-failed').map(({ reason }) => reason));
  }
  const followed = time.computedMs === 0 ? 1 : 1 - time.unfollowedMs / time.computedMs;
  return files.length === 0 ? undefined : { ...totals, followed };
}
