/** What stands around every screen: the tabs above it, the last line below. */
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { screens } from '../screens/index.ts';
import type { ListBody, Snapshot } from '../state/snapshot.ts';
import type { ScreenId } from '../state/ui.ts';
import { tellAmount } from '../state/words.ts';

export function Tabs({ screen }: { readonly screen: ScreenId }): ReactNode {
  return (
    <Text wrap="truncate-end">
      {screens.map(({ id, title }, at) => (
        <Text key={id}>
          {at === 0 ? '' : ' '}
          <Text dimColor>{at + 1}</Text> <Text bold={id === screen} underline={id === screen} dimColor={id !== screen}>{title}</Text>
        </Text>
      ))}
    </Text>
  );
}

interface LastLineProps {
  readonly snapshot: Snapshot;
  readonly hint: string;
}

/** What is typed, what was just said, or what the keys do; and where in the list one is. */
export function LastLine({ snapshot, hint }: LastLineProps): ReactNode {
  const { body, prompt, notice, status } = snapshot;
  const where = body.kind === 'list' ? positionOf(body) : scrollOf(body.first, body.lines.length, body.count);
  return (
    <Box justifyContent="space-between">
      <Box flexShrink={1} overflow="hidden" height={1}>
        {prompt === undefined ? (
          <Text wrap="truncate-end" dimColor={notice === undefined} {...(notice === undefined ? {} : { color: 'yellow' })}>
            {notice ?? status.limit ?? hint}
          </Text>
        ) : (
          <Text wrap="truncate-end">
            /{prompt}
            <Text inverse> </Text>
          </Text>
        )}
      </Box>
      <Box flexShrink={0} marginLeft={2}>
        <Text dimColor>{where}</Text>
      </Box>
    </Box>
  );
}

function positionOf({ rows, first, count, total, sort, reversed, filter, search, follow }: ListBody): string {
  const selected = rows.findIndex((row) => row.selected);
  const choices = [
    ...(follow ? ['following'] : []),
    ...(search === undefined ? [] : [`/${search}`]),
    ...(filter === 'all' ? [] : [filter]),
    ...(sort === 'tree' ? [] : [`by ${sort}`]),
    ...(reversed ? ['reversed'] : []),
  ];
  const shown = count === total || count > total ? tellAmount(count) : `${tellAmount(count)} of ${tellAmount(total)}`;
  return [...choices, count === 0 ? '0' : `${first + selected + 1}/${shown}`].join(' · ');
}

function scrollOf(first: number, shown: number, count: number): string {
  if (count <= shown) return '';
  return `${first + 1}–${first + shown} of ${count}`;
}
