/** How a text format marks words. The command decides: colour is no business of this room. */

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
}
