import { callWitness } from './group-witness.ts';

/** Who is to get them. */
interface Receiver {
  readonly kill: (signal: NodeJS.Signals) => boolean;
}

/** Signals whose sender may take us for the program. Others keep their meaning for us. */
const RELAYED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;

/**
 * Passes to `child` every signal that was meant for it and did not reach it already, and keeps
 * this process alive meanwhile.
 *
 * @returns ends the relaying and gives the signals their meaning back
 */
export function relaySignals(child: Receiver): () => void {
  const witness = callWitness(RELAYED);
  const relay = (signal: NodeJS.Signals): void => {
    void witness.saw(signal).then((reached) => reached || child.kill(signal));
  };
  for (const signal of RELAYED) process.on(signal, relay);
  return () => {
    witness.dismiss();
    for (const signal of RELAYED) process.off(signal, relay);
  };
}

/** Passes every signal to a program that is out of their reach: in a session of its own. */
export function passSignals(program: Receiver): () => void {
  const pass = (signal: NodeJS.Signals): void => void program.kill(signal);
  for (const signal of RELAYED) process.on(signal, pass);
  return () => {
    for (const signal of RELAYED) process.off(signal, pass);
  };
}
