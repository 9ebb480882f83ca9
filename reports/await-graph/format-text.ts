/** The dump for people. */
import type { FormatOptions } from '../formats/style.ts';
import type { Dump } from './model.ts';

/** Text that ends with a line end. */
export function formatDump(dump: Dump, { style }: FormatOptions): string {
  return `${style.bold(String(dump.tasks.length))} waiting\n`;
}
