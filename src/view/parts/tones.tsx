import { Text } from 'ink';
import type { ReactNode } from 'react';
import type { Tone } from '../state/cells.ts';

type Look = { readonly color?: string; readonly dimColor?: boolean; readonly bold?: boolean };

const LOOKS: Readonly<Record<Tone, Look>> = {
  plain: {},
  dim: { dimColor: true },
  good: { color: 'green' },
  warn: { color: 'yellow' },
  bad: { color: 'red', bold: true },
  accent: { color: 'cyan' },
  strong: { bold: true },
};

interface TonedProps {
  readonly tone: Tone;
  readonly inverse?: boolean;
  /** Of what does not fit, the beginning goes. Absent: the end. */
  readonly cut?: 'start';
  readonly children: ReactNode;
}

/** One line of text. */
export function Toned({ tone, inverse = false, cut, children }: TonedProps): ReactNode {
  return (
    <Text wrap={cut === 'start' ? 'truncate-start' : 'truncate-end'} inverse={inverse} {...LOOKS[tone]}>
      {children}
    </Text>
  );
}
