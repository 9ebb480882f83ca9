/** What is looked at now and then, because nothing tells of it: about once a second, and at the end. */

const checks: (() => void)[] = [];

/** `check` must be quick, and what it throws is a failure of the tracker. Returns what takes it back. */
export function lookNowAndThen(check: () => void): () => void {
  checks.push(check);
  return () => {
    const index = checks.indexOf(check);
    if (index !== -1) checks.splice(index, 1);
  };
}

export function look(): void {
  for (const check of checks) check();
}
