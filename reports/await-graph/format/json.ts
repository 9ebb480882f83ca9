import type { Dump } from '../model.ts';

/** The dump as it is, indented, ending with a line end. `dump.schema.json` describes it. */
export function formatDumpJson(dump: Dump): string {
  return `${JSON.stringify(dump, undefined, 2)}\n`;
}
