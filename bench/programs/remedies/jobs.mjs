/**
 * Three jobs, each written with plain Node, with the remedies, with p-timeout and with Effection, as their
 * manuals say. The lines between a function's braces are counted; see `remedies.mjs`.
 */
import { all, call, each, race, run, sleep, stream, useAbortSignal } from 'effection';
import pTimeout from 'p-timeout';
import { deadline, guardIterator, taskGroup } from 'scope-trace/remedies';

/** One piece of work, bounded by time. */
export const bounded = {
  async plain(work, ms) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(new Error('time is up')), ms);
    try {
      return await work(controller.signal);
    } finally {
      clearTimeout(timer);
    }
  },
  remedies(work, ms) {
    return deadline(ms, ({ signal }) => work(signal));
  },
  pTimeout(work, ms) {
    const controller = new AbortController();
    const stop = () => {
      controller.abort();
      throw new Error('time is up');
    };
    return pTimeout(work(controller.signal), { milliseconds: ms, fallback: stop });
  },
  effection(work, ms) {
    return run(function* () {
      const signal = yield* useAbortSignal();
      const expire = function* () {
        yield* sleep(ms);
        throw new Error('time is up');
      };
      return yield* race([call(() => work(signal)), expire()]);
    });
  },
};

/** Several pieces at once; the first failure cancels the others, and all of them are waited for. */
export const together = {
  async plain(works) {
    const controller = new AbortController();
    const running = works.map((work) => work(controller.signal));
    try {
      return await Promise.all(running);
    } catch (error) {
      controller.abort(error);
      throw error;
    } finally {
      await Promise.allSettled(running);
    }
  },
  remedies(works) {
    return taskGroup(({ start }) => Promise.all(works.map((work) => start(({ signal }) => work(signal)))));
  },
  effection(works) {
    return run(function* () {
      const signal = yield* useAbortSignal();
      return yield* all(works.map((work) => call(() => work(signal))));
    });
  },
};

/** A stream read until a signal says that it is enough. */
export const streamed = {
  async plain(items, signal, use) {
    for await (const item of items) {
      signal.throwIfAborted();
      use(item);
    }
  },
  async remedies(items, signal, use) {
    for await (const item of guardIterator(items, { signal })) use(item);
  },
  effection(items, signal, use) {
    return run(function* () {
      for (const item of yield* each(stream(items))) {
        signal.throwIfAborted();
        use(item);
        yield* each.next();
      }
    });
  },
};
