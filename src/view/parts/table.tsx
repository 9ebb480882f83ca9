/** Rows and columns. Only the rows that are seen ever get here. */
import { Box, Text } from 'ink';
import { Fragment, type ReactNode } from 'react';
import type { Cell, Tone } from '../state/cells.ts';
import type { ShownRow } from '../state/snapshot.ts';
import { Toned } from './tones.tsx';

export interface Column {
  /** Of the cells in a row. */
  readonly id: string;
  readonly title: string;
  /** Columns of the terminal. */
  readonly width?: number;
  /** Instead of a width: its share of what the others leave. */
  readonly grow?: number;
  readonly right?: true;
  /** It shows the tree: its text is moved in. */
  readonly tree?: true;
  /** A place: its end matters more than its beginning. */
  readonly cut?: 'start';
  /** Left out on a narrower terminal. */
  readonly from?: number;
}

interface TableProps {
  readonly columns: readonly Column[];
  readonly rows: readonly ShownRow[];
  readonly width: number;
}

const MARK = 2;
const GAP = 1;

/** What each column gets of the terminal's width. */
export function layOut(columns: readonly Column[], width: number): { readonly column: Column; readonly width: number }[] {
  const shown = columns.filter(({ from = 0 }) => width >= from);
  const fixed = shown.reduce((sum, column) => sum + (column.width ?? 0) + GAP, MARK);
  const shares = shown.reduce((sum, column) => sum + (column.grow ?? 0), 0);
  const room = Math.max(0, width - fixed);
  return shown.map((column) => ({ column, width: column.width ?? Math.floor((room * (column.grow ?? 0)) / shares) }));
}

export function Table({ columns, rows, width }: TableProps): ReactNode {
  const laid = layOut(columns, width);
  return (
    <Box flexDirection="column">
      <Text wrap="truncate-end" dimColor bold>
        {' '.repeat(MARK) + laid.map(({ column, width: room }) => fit(column.title, room, column.right)).join(' ')}
      </Text>
      {rows.map((row) => (
        <TableRow key={row.key} row={row} laid={laid} />
      ))}
    </Box>
  );
}

function TableRow({ row, laid }: { readonly row: ShownRow; readonly laid: ReturnType<typeof layOut> }): ReactNode {
  return (
    <Box>
      <Text bold={row.selected} inverse={row.selected}>{row.selected ? '› ' : '  '}</Text>
      {laid.map(({ column, width }) => {
        const cell = row.cells[column.id];
        const text = column.tree === true ? branch(row) + (cell?.text ?? '') : (cell?.text ?? '');
        return (
          <Fragment key={column.id}>
            <Box width={width} height={1} overflow="hidden">
              <Toned tone={toneOf(row, cell)} inverse={row.selected} {...(column.cut === undefined ? {} : { cut: column.cut })}>
                {fit(text, width, column.right)}
              </Toned>
            </Box>
            <Text inverse={row.selected}>{' '.repeat(GAP)}</Text>
          </Fragment>
        );
      })}
    </Box>
  );
}

/** A selected row is one bar of one colour. */
function toneOf(row: ShownRow, cell: Cell | undefined): Tone {
  if (row.selected) return 'plain';
  return row.tone === 'dim' ? 'dim' : (cell?.tone ?? row.tone);
}

/** Deep trees keep room for their names. */
const DEEPEST = 12;

function branch({ depth, fold, hidden }: ShownRow): string {
  const lead = depth > DEEPEST ? `${' '.repeat(DEEPEST * 2 - 4)}${`+${depth}`.padEnd(4)}` : '  '.repeat(depth);
  if (fold === 'closed') return `${lead}▸ (${hidden}) `;
  return `${lead}${fold === 'open' ? '▾ ' : '· '}`;
}

/** Filled up. What is too long is cut where it is drawn. */
function fit(text: string, width: number, right: true | undefined): string {
  return right === true ? text.padStart(width) : text.padEnd(width);
}
