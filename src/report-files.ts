/** Writes the reports that were asked for. */
import { existsSync, realpathSync } from 'node:fs';
import { appendFile, open, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep, win32 } from 'node:path';
import { formatMarkdown, formats } from '../reports/index.ts';
import type { FormatOptions, Report, Timeline } from '../reports/index.ts';
import { EXIT } from './exit-codes.ts';
import { Problem, reasonOf, systemCode } from './problem.ts';
import { readPage } from './report-page.ts';
import type { ReportTarget } from './report-target.ts';
import type { Screen } from './screen.ts';
import { reaches } from './threshold.ts';
import type { Threshold } from './threshold.ts';

/**
 * Makes sure, by trying, that reports can be written, and leaves no trace of the trial.
 *
 * @param baseline - which no report may overwrite
 * @throws {Problem} when one cannot, or two have the same file
 */
export async function assertWritable(targets: readonly ReportTarget[], baseline?: string): Promise<void> {
  const files = targets.flatMap(({ file }) => (file === undefined ? [] : [file]));
  const real = files.map(realFile);
  const twice = files.find((_, at) => real.indexOf(real[at] ?? '') !== at);
  if (twice !== undefined) throw new Problem(`Two reports cannot be written to the same file, ${JSON.stringify(twice)}. Name another one with --report.`, EXIT.usage);
  const over = baseline === undefined ? undefined : files[real.indexOf(realFile(baseline))];
  if (over !== undefined) throw new Problem(`A report cannot be written over the baseline, ${JSON.stringify(over)}. Name another file with --report.`, EXIT.usage);
  for (const file of files) await tryOut(file);
}

/** Links are followed. */
function realFile(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    try {
      return join(realpathSync(dirname(file)), basename(file));
    } catch {
      return resolve(file);
    }
  }
}

/** @throws {Problem} as `tell` has it, when the file cannot be written */
export async function tryOut(file: string, tell = unwritable): Promise<void> {
  try {
    if ((await openNew(file)).isNew) await rm(file);
  } catch (error) {
    throw tell(file, error, EXIT.usage);
  }
}

async function openNew(path: string): Promise<{ readonly isNew: boolean }> {
  try {
    await (await open(path, 'wx')).close();
    return { isNew: true };
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    await (await open(path, 'a')).close();
    return { isNew: false };
  }
}

/**
 * How a report is formatted for other tools: no colours, and paths as the repository has them.
 *
 * @param timeline - of the recording. Absent: only the report is known
 */
export function toolOptions(report: Report, failOn: Threshold, timeline?: () => Timeline): FormatOptions {
  return {
    style: NO_STYLE,
    width: WIDTH,
    locate: locateFrom(report.directory),
    fails: (finding) => reaches(finding, failOn),
    ...(timeline === undefined ? {} : { timeline }),
    // Only who asks for it needs it.
    get page() {
      return readPage();
    },
  };
}

/** Makes paths that are relative to a folder such as the repository has them. */
export function locateFrom(directory: string): (file: string) => string {
  const root = repositoryOf(directory);
  return (file) => locate(file, directory, root);
}

/** Of a summary in a file. */
const WIDTH = 100;

const same = (text: string): string => text;
const NO_STYLE = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };

/** The nearest folder above that is a repository; the folder itself when there is none. */
function repositoryOf(directory: string): string {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return directory;
  }
}

/** A report may come from another system than this one. */
const ON_WINDOWS = /^(?:[a-z]:[\\/]|\\\\)/i;

function locate(file: string, directory: string, root: string): string {
  if (sep === '/' && (ON_WINDOWS.test(file) || ON_WINDOWS.test(directory))) {
    const inside = win32.relative(directory, win32.resolve(directory, file));
    return (/^\.\.|:/.test(inside) || !ON_WINDOWS.test(directory) ? file : inside).replaceAll('\\', '/');
  }
  if (/^[a-z][a-z\d+.-]+:/i.test(file) && !isAbsolute(file)) return file;
  const path = resolve(directory, file);
  const inside = relative(root, path);
  const shown = inside.startsWith(`..${sep}`) || inside === '..' || isAbsolute(inside) ? path : inside;
  return shown.replaceAll('\\', '/');
}

export interface WriteOptions {
  readonly failOn: Threshold;
  readonly screen: Screen;
  /** Of the recording. Absent: only the report is known. */
  readonly timeline?: () => Timeline;
}

/** @throws {Problem} when one cannot be written; the others are */
export async function writeReports(
  targets: readonly ReportTarget[], report: Report, { failOn, screen, timeline }: WriteOptions,
): Promise<void> {
  const options = toolOptions(report, failOn, timeline);
  const problems: Problem[] = [];
  for (const { format: id, file } of targets) {
    const format = formats.find((each) => each.id === id);
    try {
      if (file === undefined) await screen.write(format?.format(report, options) ?? '');
      else await write(file, format?.pieces?.(report, options) ?? [format?.format(report, options) ?? '']);
      if (id === 'github') await writeStepSummary(report, options);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problems.push(error);
    }
  }
  if (problems[0] !== undefined) throw problems[0];
}

async function write(file: string, pieces: Iterable<string>): Promise<void> {
  try {
    const handle = await open(file, 'w');
    try {
      for (const piece of inPieces(pieces)) await handle.writeFile(piece);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unwritable(file, error, EXIT.failure);
  }
}

/** Of a merged report's hundreds of megabytes, bytes are made of a few at a time. */
const PIECE = 2 ** 22;

/** Neither too small nor too large; no character is cut in two. */
function* inPieces(texts: Iterable<string>): Generator<string> {
  let held = '';
  for (const text of texts) {
    held += text;
    while (held.length > PIECE) {
      const to = /[\ud800-\udbff]/.test(held.charAt(PIECE - 1)) ? PIECE + 1 : PIECE;
      yield held.slice(0, to);
      held = held.slice(to);
    }
  }
  yield held;
}

/** @see {@link https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary} */
async function writeStepSummary(report: Report, options: FormatOptions): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  try {
    await appendFile(file, `${formatMarkdown(report, options)}\n`);
  } catch (error) {
    throw new Problem(`The summary of the step cannot be written to ${JSON.stringify(file)} (GITHUB_STEP_SUMMARY): ${reasonOf(error)}.`, EXIT.failure);
  }
}

function unwritable(path: string, error: unknown, exitCode: number): Problem {
  const reason = systemCode(error) === 'ENOENT' ? 'its folder does not exist' : reasonOf(error);
  return new Problem(`The report cannot be written to ${JSON.stringify(path)}: ${reason}. Name another file with --report.`, exitCode);
}
