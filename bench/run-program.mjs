/** Runs one program in a fresh process and gives back what it reported. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const file = (name) => fileURLToPath(new URL(`./programs/${name}`, import.meta.url));

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<string>} its output */
async function finish(child) {
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(`${child.spawnargs.join(' ')} ended with ${code ?? signal}:\n${errors}`);
  return output;
}

const lastReport = (output) => JSON.parse(output.trim().split('\n').at(-1));

/** @param {string} node binary @param {readonly string[]} args of it @param {NodeJS.ProcessEnv} env */
export async function runScript(node, [name, ...args], env, flags = []) {
  return lastReport(await finish(spawn(node, [...flags, file(name), ...args], { env })));
}

/** A server that announces its port, under load from a second, plain process until it ends. */
export async function runServer(node, name, env) {
  const server = spawn(node, [file(name)], { env });
  const output = finish(server);
  let load;
  server.stdout.on('data', (chunk) => {
    const port = /^port (\d+)/.exec(chunk)?.[1];
    if (port) load = spawn(process.execPath, [file('client.mjs'), port], { stdio: 'ignore' });
  });
  try {
    return lastReport(await output);
  } finally {
    load?.kill();
  }
}

/** @returns {Promise<{ value: number }>} Milliseconds from spawn to the end of the process. */
export async function runForWallTime(node, args, env) {
  const start = process.hrtime.bigint();
  const child = spawn(node, args, { env, stdio: 'ignore' });
  await once(child, 'exit');
  return { value: Number(process.hrtime.bigint() - start) / 1e6 };
}

/**
 * CPU seconds of a whole process, start-up and exit included. Node cannot ask for those of one
 * child, the shell's `times` can: its second line is the children's user and system time.
 */
export async function runForCpuTime(node, args, env) {
  const script = '"$@" >/dev/null 2>&1; times';
  const output = await finish(spawn('sh', ['-c', script, 'sh', node, ...args], { env }));
  const times = output.trim().split('\n').at(-1).split(/\s+/);
  const seconds = (text) => {
    const [, minutes, rest] = /(\d+)m([\d.]+)s/.exec(text);
    return Number(minutes) * 60 + Number(rest);
  };
  return { value: seconds(times[0]) + seconds(times[1]) };
}
