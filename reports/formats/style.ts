/** How a text format marks words. The command decides: colour is no business of this room. */

import type { Finding } from '../finding.ts';
import type { Timeline } from '../timeline/model.ts';

type Mark = (text: string) => string;

export interface Style {
  readonly bold: Mark;
  readonly dim: Mark;
  readonly red: Mark;
  readonly yellow: Mark;
  readonly green: Mark;
  readonly cyan: Mark;
}

const same: Mark = (text) => text;

/** No marks at all. */
export const plainStyle: Style = {
  bold: same,
  dim: same,
  red: same,
  yellow: same,
  green: same,
  cyan: same,
};

export interface FormatOptions {
  readonly style: Style;
  /** Columns of the terminal; texts are wrapped to it, at least to 20. */
  readonly width: number;
  /** Where a file of the report lies, from the root of the repository and with forward slashes. Absent: as the report has it. */
  readonly locate?: (file: string) => string;
  /** Whether the run is to fail for the finding. Absent: for violations. */
  readonly fails?: (finding: Finding) => boolean;
  /** What happened when, of formats that draw it. Absent: they make it of the report, which knows less. */
  readonly timeline?: () => Timeline;
  /** What runs in the reader's browser, for the format `html`. Absent: its page is without a timeline. */
  readonly page?: Page;
}

/** Code and looks of a page, each with the hash that its policy names: `sha256-…`. */
export interface Page {
  readonly script: string;
  readonly scriptHash: string;
  readonly style: string;
  readonly styleHash: string;
}
