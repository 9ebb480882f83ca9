/** The few rows below a program's output, as text. Loaded only when there is a view: ink and React take their time. */
import chalk from 'chalk';
import { renderToString, Text } from 'ink';
import type { FeedSettings } from './feed/messages.ts';
import { Compact } from './parts/compact.tsx';
import type { Snapshot } from './state/snapshot.ts';

const TITLE = ' scope-trace ── Ctrl-] opens the view ';

/** @param snapshot - absent: nothing was read yet */
export function drawCompact(snapshot: Snapshot | undefined, columns: number, colors: FeedSettings['colors']): readonly string[] {
  chalk.level = colors;
  const rule = `──${TITLE}`.padEnd(columns, '─').slice(0, columns);
  const first = renderToString(<Text dimColor>{rule}</Text>, { columns });
  if (snapshot === undefined) return [first];
  return [first, ...renderToString(<Compact snapshot={{ ...snapshot, columns }} />, { columns }).split('\n')];
}
