import { Text } from 'ink';
import type { ReactNode } from 'react';
import type { Status } from '../state/snapshot.ts';
import { partsOf } from '../state/status-parts.ts';
import { Toned } from './tones.tsx';

/** What is said of the session on every screen. */
export function StatusLine({ status }: { readonly status: Status }): ReactNode {
  return (
    <Text wrap="truncate-end">
      {partsOf(status).map(({ text, tone }, at) => (
        <Text key={text}>
          {at === 0 ? '' : '  '}
          <Toned tone={tone}>{text}</Toned>
        </Text>
      ))}
    </Text>
  );
}
