/** The inspector's front desk: where to connect to. */
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';

const ANSWER_WITHIN_MS = 2000;
const LARGEST_ANSWER = 2 ** 20;

/** Undefined: nobody is there, or it is no inspector. */
export async function findSocket(host: string, port: number): Promise<string | undefined> {
  try {
    const targets = JSON.parse(await fetchText(host, port)) as readonly { readonly webSocketDebuggerUrl?: unknown }[];
    const url = targets.map((target) => target.webSocketDebuggerUrl).find((found) => typeof found === 'string');
    return url === undefined ? undefined : at(url, host, port);
  } catch {
    return undefined;
  }
}

/** The inspector tells the address that it knows; we came by another, maybe. */
function at(url: string, host: string, port: number): string {
  const { pathname } = new URL(url);
  return `ws://${host.includes(':') ? `[${host}]` : host}:${port}${pathname}`;
}

function fetchText(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ host, port, path: '/json/list', agent: false, timeout: ANSWER_WITHIN_MS }, (response) => {
      collect(response).then(resolve, reject);
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', reject);
  });
}

async function collect(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > LARGEST_ANSWER) throw new Error('too long for an inspector');
  }
  return text;
}
