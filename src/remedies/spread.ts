/** Cancellations, from a group to those inside it. */
const spreading: (() => void)[] = [];

/** One after the other, however deep groups are nested: the stack would not hold a thousand of them. All at once nevertheless. */
export function spread(cancel: () => void): void {
  if (spreading.push(cancel) > 1) return;
  try {
    for (let at = 0; at < spreading.length; at++) spreading[at]?.();
  } finally {
    spreading.length = 0;
  }
}
