/** A few rows below the program's own output: how it stands, and the newest finding. */
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { Newest, Snapshot } from '../state/snapshot.ts';
import { StatusLine } from './status-line.tsx';

export function Compact({ snapshot }: { readonly snapshot: Snapshot }): ReactNode {
  const { status, newest, columns, notice } = snapshot;
  return (
    <Box flexDirection="column" width={columns}>
      <StatusLine status={status} />
      {newest === undefined ? null : <NewestFinding newest={newest} />}
      {notice === undefined ? null : <Text wrap="truncate-end" color="yellow">{notice}</Text>}
    </Box>
  );
}

function NewestFinding({ newest }: { readonly newest: Newest }): ReactNode {
  const { severity, rule, message, place, count } = newest;
  return (
    <Text wrap="truncate-end">
      <Text bold color={severity === 'violation' ? 'red' : 'yellow'}>{`${severity === 'violation' ? '✖' : '▲'} ${rule}`}</Text>
      <Text dimColor>{count > 1 ? ` ×${count}` : ''}</Text> {message} <Text dimColor>{place}</Text>
    </Text>
  );
}
