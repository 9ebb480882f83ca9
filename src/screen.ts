import { Chalk } from 'chalk';
import type { ColorSupportLevel } from 'chalk';
import type { WriteStream } from 'node:tty';
import type { Style } from '../reports/index.ts';

/** Where text for people goes, and how it may look there. */
export interface Screen {
  readonly style: Style;
  /** Columns. */
  readonly width: number;
  /** Resolves when the text is written, also when nobody reads it any more. */
  readonly write: (text: string) => Promise<void>;
}

const WIDTH = { least: 20, usual: 100, most: 140 };

/**
 * @param color - what the user asked for; absent: the environment and the terminal decide
 */
export function openScreen(stream: NodeJS.WriteStream, color: boolean | undefined): Screen {
  stream.on('error', () => undefined);
  return {
    style: createStyle(colorLevel(stream, color, process.env)),
    width: widthOf(stream),
    write: (text) => new Promise((resolve) => void stream.write(text, () => { resolve(); })),
  };
}

/** A pipe has no width, and a terminal that does not know its own says 0. */
function widthOf(stream: NodeJS.WriteStream): number {
  const columns = stream.isTTY ? stream.columns : 0;
  return columns > 0 ? Math.max(WIDTH.least, Math.min(columns, WIDTH.most)) : WIDTH.usual;
}

/** Each mark takes one text: chalk's own functions would join all they are called with. */
export function createStyle(level: ColorSupportLevel): Style {
  const chalk = new Chalk({ level });
  return {
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
    red: (text) => chalk.red(text),
    yellow: (text) => chalk.yellow(text),
    green: (text) => chalk.green(text),
    cyan: (text) => chalk.cyan(text),
  };
}

/**
 * `FORCE_COLOR` wins over `NO_COLOR`, as in Node itself.
 *
 * @see {@link https://no-color.org}
 * @see {@link https://nodejs.org/docs/latest-v20.x/api/cli.html#force_color1-2-3}
 */
export function colorLevel(
  stream: Pick<NodeJS.WriteStream, 'isTTY'> & Partial<Pick<WriteStream, 'getColorDepth'>>,
  color: boolean | undefined,
  environment: NodeJS.ProcessEnv,
): ColorSupportLevel {
  if (color === false) return 0;
  const own = stream.isTTY ? levelOf(stream.getColorDepth?.({ ...environment, NO_COLOR: undefined }) ?? 1) : 0;
  if (color === true) return Math.max(own, 1) as ColorSupportLevel;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forcedLevel(forced, own);
  if (environment['NO_COLOR'] !== undefined && environment['NO_COLOR'] !== '') return 0;
  return own;
}

function forcedLevel(value: string, own: ColorSupportLevel): ColorSupportLevel {
  if (value === '0' || value === 'false') return 0;
  if (value === '2') return 2;
  if (value === '3') return 3;
  return Math.max(own, 1) as ColorSupportLevel;
}

function levelOf(depth: number): ColorSupportLevel {
  if (depth >= 24) return 3;
  if (depth >= 8) return 2;
  return depth >= 4 ? 1 : 0;
}
