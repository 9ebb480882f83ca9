/** Runs jobs one after the other, each in a task of its own that has nothing to do with the others. */
export function runApart(...jobs) {
  let busy = false
  const timer = setInterval(async () => {
    if (busy) return
    busy = true
    const job = jobs.shift()
    if (job === undefined) clearInterval(timer)
    else await job()
    busy = false
  }, 1)
}
