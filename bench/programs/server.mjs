// A server whose handler awaits twenty calls inside a scope; reports its CPU time per request.
import { createServer } from 'node:http';
import { withScope } from 'scope-trace';
import { cpuMs, report } from '../meter.mjs';

const warmUp = Number(process.env.BENCH_WARM_UP_REQUESTS ?? 12_000);
const work = Number(process.env.BENCH_REQUESTS ?? 12_000);
let served = 0;
let start;

async function step(value) {
  return value + 1;
}

async function answer() {
  let value = 0;
  for (let i = 0; i < 20; i++) value = await step(value);
  return JSON.stringify({ value });
}

const server = createServer(async (request, response) => {
  const body = await withScope('request', answer);
  response.setHeader('content-type', 'application/json');
  response.end(body);
  served++;
  if (served === warmUp) start = process.cpuUsage();
  if (served === warmUp + work) {
    report({ value: cpuMs(start) / work, cpuMs: cpuMs(start) });
    response.on('close', () => process.exit());
  }
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
