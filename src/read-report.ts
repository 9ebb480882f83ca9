/** Reads a JSON report that an earlier run has written. */
import { readFile } from 'node:fs/promises';
import type { ValidateFunction } from 'ajv';
import { REPORT_VERSION } from '../reports/index.ts';
import type { Report } from '../reports/index.ts';
import { EXIT } from './exit-codes.ts';
import { Problem, reasonOf } from './problem.ts';

/** @throws {Problem} when it cannot be read, or is no report that this version understands */
export async function readReport(path: string): Promise<Report> {
  const name = JSON.stringify(path);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new Problem(`The report ${name} cannot be read: ${reasonOf(error)}.`, EXIT.usage);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem(`${name} is no report of scope-trace: it is not JSON. Write one with: scope-trace --report out.json -- <command>`, EXIT.usage);
  }
  const version = (value as { readonly schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'number' && version !== REPORT_VERSION) {
    throw new Problem(
      `The report ${name} has version ${version}, and this scope-trace reads version ${REPORT_VERSION}. Read it with the scope-trace that wrote it.`,
      EXIT.usage,
    );
  }
  const wrong = await validate(value);
  if (wrong === undefined) return value as Report;
  throw new Problem(`${name} is no report of scope-trace, or was changed: ${wrong}. Write one with: scope-trace --report out.json -- <command>`, EXIT.usage);
}

let compiled: Promise<ValidateFunction> | undefined;

async function compile(): Promise<ValidateFunction> {
  const [{ Ajv2020 }, schema] = await Promise.all([import('ajv/dist/2020.js'), readFile(new URL('../report.schema.json', import.meta.url), 'utf8')]);
  return new Ajv2020({ strict: false }).compile(JSON.parse(schema) as object);
}

/** What is wrong with it, as a clause. */
async function validate(value: unknown): Promise<string | undefined> {
  const check = await (compiled ??= compile());
  if (check(value)) return undefined;
  const [first] = check.errors ?? [];
  return `${first?.instancePath === '' ? 'it' : (first?.instancePath ?? 'it')} ${first?.message ?? 'is not what it must be'}`;
}
