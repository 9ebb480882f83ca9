/** The file of accepted findings. */
import { readFile, writeFile } from 'node:fs/promises';
import { applyBaseline, BASELINE_VERSION, createBaseline } from '../reports/index.ts';
import type { Baseline, KnownFinding, Report } from '../reports/index.ts';
import { EXIT } from './exit-codes.ts';
import { Problem, reasonOf, systemCode } from './problem.ts';
import { locateFrom, tryOut } from './report-files.ts';

export interface BaselineRequest {
  readonly file: string;
  /** Accept all that is found, and forget what is not. */
  readonly update: boolean;
}

/** What is done to a report for the baseline's sake. */
export type Accept = (report: Report) => Promise<Report>;

/**
 * Reads the baseline, or makes sure that it can be written: before the program runs.
 *
 * @throws {Problem} when it cannot be read or written, or is none
 */
export async function prepareBaseline(request: BaselineRequest | undefined): Promise<Accept> {
  if (request === undefined) return (report) => Promise.resolve(report);
  const { file, update } = request;
  if (!update) {
    const baseline = await readBaseline(file);
    return (report) => Promise.resolve(applyBaseline(report, baseline));
  }
  await tryOut(file, tellUnwritable);
  return async (report) => {
    const baseline = createBaseline(report, locateFrom(report.directory));
    await writeBaseline(file, baseline);
    return applyBaseline(report, baseline);
  };
}

/** @throws {Problem} when it cannot be read, or is none */
export async function readBaseline(file: string): Promise<Baseline> {
  const name = JSON.stringify(file);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const hint = systemCode(error) === 'ENOENT' ? ' Write it with --update-baseline.' : '';
    throw new Problem(`The baseline ${name} cannot be read: ${reasonOf(error)}.${hint}`, EXIT.usage);
  }
  const wrong = (what: string): Problem => new Problem(`The baseline ${name} ${what}. Write it anew with --update-baseline.`, EXIT.usage);
  let value: (Omit<Partial<Baseline>, 'baselineVersion'> & { readonly baselineVersion?: number }) | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    throw wrong('is not JSON: perhaps a merge has left its marks');
  }
  if (typeof value !== 'object' || value?.baselineVersion === undefined) throw wrong('is none of scope-trace');
  if (value.baselineVersion !== BASELINE_VERSION) throw wrong(`has version ${value.baselineVersion}, and this scope-trace reads version ${BASELINE_VERSION}`);
  if (!Array.isArray(value.findings) || !value.findings.every(isKnown)) throw wrong('has findings without a fingerprint or a rule');
  return value as Baseline;
}

function isKnown(value: unknown): value is KnownFinding {
  const { fingerprint, rule } = (value ?? {}) as Partial<KnownFinding>;
  return typeof fingerprint === 'string' && typeof rule === 'string';
}

/** @throws {Problem} when it cannot be written */
export async function writeBaseline(file: string, baseline: Baseline): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(baseline, undefined, 2)}\n`);
  } catch (error) {
    throw tellUnwritable(file, error, EXIT.failure);
  }
}

function tellUnwritable(file: string, error: unknown, exitCode: number): Problem {
  const reason = systemCode(error) === 'ENOENT' ? 'its folder does not exist' : reasonOf(error);
  return new Problem(`The baseline cannot be written to ${JSON.stringify(file)}: ${reason}. Name another file with --baseline.`, exitCode);
}
