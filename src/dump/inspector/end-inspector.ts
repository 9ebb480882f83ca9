import type { Connection } from './connection.ts';

const CLOSE_WITHIN_MS = 10_000;

/**
 * Closes a program's inspector from inside: its port is gone, and SIGUSR1 opens it again. The
 * answer never comes, because the connection goes with the inspector.
 */
export async function endInspector(connection: Connection): Promise<void> {
  const asked = connection.send('Runtime.evaluate', { expression: 'process._debugEnd()', silent: true }, CLOSE_WITHIN_MS);
  await asked.catch(() => undefined);
  await connection.close();
}
