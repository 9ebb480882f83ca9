// Sends requests over a few kept connections, one after the other on each, until the server ends.
import { Agent, get } from 'node:http';

const port = Number(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

function send() {
  get({ host: '127.0.0.1', port, agent }, (response) => {
    response.resume();
    response.on('end', send);
  }).on('error', () => process.exit());
}

for (let i = 0; i < 8; i++) send();
setTimeout(() => process.exit(1), 300_000).unref();
