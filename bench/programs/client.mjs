// Sends requests over a few kept connections, one after the other on each, until the server ends.
// It is slower than any of the servers, which then never write to a client that sleeps: waking a
// process costs more than a request, and is paid by whoever writes to it.
import { Agent, get } from 'node:http';

const THINK_MICROSECONDS = 60n;
const port = Number(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

function think() {
  const until = process.hrtime.bigint() + THINK_MICROSECONDS * 1000n;
  while (process.hrtime.bigint() < until);
}

function send() {
  get({ host: '127.0.0.1', port, agent }, (response) => {
    response.resume();
    response.on('end', () => {
      think();
      send();
    });
  }).on('error', () => process.exit());
}

for (let i = 0; i < 8; i++) send();
setTimeout(() => process.exit(1), 300_000).unref();
