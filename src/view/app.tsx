/** Draws snapshots, and sends keys to whoever makes them. It decides nothing. */
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { LastLine, Tabs } from './parts/frame.tsx';
import { StatusLine } from './parts/status-line.tsx';
import { Table } from './parts/table.tsx';
import { findScreen } from './screens/index.ts';
import type { ListBody, PaneBody, Snapshot } from './state/snapshot.ts';

interface AppProps {
  /** Absent: nothing was read yet. */
  readonly snapshot: Snapshot | undefined;
}

export function App({ snapshot }: AppProps): ReactNode {
  if (snapshot === undefined) return <Text dimColor>Reading the recording…</Text>;
  // As it was made for the region of a few rows, until the next one comes.
  if (snapshot.compact) return <StatusLine status={snapshot.status} />;
  const { body, columns, rows, screen } = snapshot;
  const hint = body.kind === 'list' ? findScreen(screen).hint : body.hint;
  return (
    <Box flexDirection="column" width={columns} height={rows - 1}>
      <StatusLine status={snapshot.status} />
      <Tabs screen={screen} />
      <Box flexDirection="column" flexGrow={1} overflow="hidden">
        {body.kind === 'list' ? <List body={body} width={columns} /> : <Pane body={body} />}
      </Box>
      <LastLine snapshot={snapshot} hint={hint} />
    </Box>
  );
}

function List({ body, width }: { readonly body: ListBody; readonly width: number }): ReactNode {
  return (
    <>
      <Table columns={findScreen(body.screen).columns} rows={body.rows} width={width} />
      {body.rows.length === 0 ? <Text dimColor>{`  ${body.empty}`}</Text> : null}
    </>
  );
}

function Pane({ body }: { readonly body: PaneBody }): ReactNode {
  return (
    <>
      <Text bold wrap="truncate-end">{body.title}</Text>
      {body.lines.map((line, at) => (
        <Text key={body.first + at} wrap="truncate-end">{line === '' ? ' ' : line}</Text>
      ))}
    </>
  );
}
