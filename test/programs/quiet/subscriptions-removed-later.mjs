// Many subscriptions on one signal, made by calls that end at once, and all of them removed later.
const shutdown = new AbortController();
const open = new Set();

async function subscribe(topic) {
  await null;
  const close = () => open.delete(topic);
  open.add(topic);
  shutdown.signal.addEventListener('abort', close, { once: true });
  return () => {
    close();
    shutdown.signal.removeEventListener('abort', close);
  };
}

const closers = [];
for (let topic = 0; topic < 150; topic++) closers.push(await subscribe(topic));
for (const close of closers) close();
await null;
