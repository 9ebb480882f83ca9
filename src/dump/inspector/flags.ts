/** What a program's command line and `NODE_OPTIONS` say about its inspector. */
import type { ProcessFacts } from './process-facts.ts';

const DEFAULT_PORT = 9229;

export interface InspectorFlags {
  /** Where it would open, or has opened; 0: anywhere. */
  readonly port: number;
  /** It was to be open from the start. */
  readonly fromStart: boolean;
  /** It takes no SIGUSR1. */
  readonly disabled: boolean;
}

/** @see {@link https://nodejs.org/api/cli.html#--inspecthostport} */
export function readFlags({ command, nodeOptions }: Pick<ProcessFacts, 'command' | 'nodeOptions'>): InspectorFlags {
  const script = command.findIndex((word, index) => index > 0 && !word.startsWith('-'));
  const words = [...nodeOptions.split(/\s+/), ...command.slice(1, script < 0 ? undefined : script + 1)];
  let port = DEFAULT_PORT;
  let fromStart = false;
  for (const [index, word] of words.entries()) {
    const [flag = '', inline] = word.split('=', 2);
    if (!/^--(?:inspect(?:-brk|-wait|-port)?|debug-port)$/.test(flag)) continue;
    const needsValue = flag === '--inspect-port' || flag === '--debug-port';
    fromStart ||= !needsValue;
    const address = inline ?? (needsValue ? words[index + 1] : undefined);
    const given = /(?:^|:)(\d+)$/.exec(address ?? '')?.[1];
    if (given !== undefined) port = Number(given);
  }
  return { port, fromStart, disabled: words.includes('--disable-sigusr1') };
}
