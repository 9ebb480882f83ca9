// Bytes that one pending promise holds; the first argument says which kind of promise.
import { liveBytes, report } from '../meter.mjs';

const COUNT = 200_000;
const never = new Promise(() => {});

async function call() {
  await never;
}

const kinds = {
  constructed: () => new Promise(() => {}),
  call: () => call(),
};
const make = kinds[process.argv[2]];

const kept = new Array(COUNT).fill(null);
for (let i = 0; i < 1000; i++) kept[i] = make();
const before = await liveBytes();
for (let i = 1000; i < COUNT; i++) kept[i] = make();
const after = await liveBytes();
report({ value: (after - before) / (COUNT - 1000), kept: kept.length });
process.exit();
