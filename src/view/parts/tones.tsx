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
  readonly children: ReactNode;
}

/** One line of text: what does not fit is cut off at its end. */
export function Toned({ tone, inverse = false, children }: TonedProps): ReactNode {
  return (
    <Text wrap="truncate-end" inverse={inverse} {...LOOKS[tone]}>
      {children}
    </Text>
  );
}
