/** The dump for people. */
import type { FormatOptions } from '../formats/style.ts';
import { formatHandles } from './format-handles.ts';
import type { Dump } from './model.ts';

/** Text that ends with a line end. */
export function formatDump(dump: Dump, options: FormatOptions): string {
  const waiting = options.style.bold(`${dump.tasks.length} waiting`);
  return `${[waiting, '', ...formatHandles(dump, options), '', ...dump.caveats].join('\n')}\n`;
}
