/**
 * `node --import scope-trace/node-test --test`: tests that leak fail. Loaded into each process that runs tests: it starts
 * the tracker there, and looks after each test at what was recorded.
 *
 * What is only certain when the file is over fails the file, and names the test.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { channel } from 'node:diagnostics_channel';
import { afterEach } from 'node:test';
import type { TestContext } from 'node:test';
import { formatFindingAlone, plainStyle } from '../../reports/index.ts';
import type { Finding } from '../../reports/index.ts';
import { CHANNELS, ENVIRONMENT } from '../../tracker/protocol.ts';
import { readIntegrationOptions, settingsFor, TestJudge } from './test-judge.ts';
import type { Judged } from './test-judge.ts';

const PRELOAD = fileURLToPath(new URL('../../preload.cjs', import.meta.url));
const WIDTH = 100;

/** What tests have been found to have done, and have not been failed for. */
let waiting: Judged[] = [];
const allowed = new Map<string, readonly string[]>();

/** In a test: what it may do, other than the rest. Without rules: anything. */
export function allow(test: Pick<TestContext, 'name'>, ...rules: readonly string[]): void {
  allowed.set(nameOf(test), rules);
}

/** Older lines know only the test's own name. */
function nameOf(test: Pick<TestContext, 'name'> & { readonly fullName?: string }): string {
  return test.fullName?.replaceAll(' > ', ' › ') ?? test.name;
}

/** The process that only starts others, a worker, and a child that a test has started, run no tests. */
function runsTests(): boolean {
  if (!isMainThread) return false;
  const starts = process.execArgv.includes('--test') && !process.execArgv.some((word) => /^--(experimental-)?test-isolation=none$/.test(word));
  return !starts;
}

if (runsTests()) await begin();

async function begin(): Promise<void> {
  const options = await readIntegrationOptions(process.cwd(), {});
  const directory = openSession(JSON.stringify(settingsFor(options)));
  const judge = new TestJudge(directory, process.cwd(), options, `${process.pid}-0-`);
  afterEach((context) => {
    waiting.push(...look(judge));
    const own = takeOf(context as TestContext);
    if (own.length > 0) throw errorOf(own);
  });
  const own = directory !== process.env[ENVIRONMENT.session];
  afterExit(() => {
    conclude(judge);
    if (own) rmSync(directory, { recursive: true, force: true, maxRetries: 2 });
  });
}

type Emit = (this: NodeJS.Process, event: string | symbol, ...given: unknown[]) => boolean;

/** After all listeners, and after the tracker's last words, which come after these. */
function afterExit(conclude: () => void): void {
  const prototype = Object.getPrototypeOf(process) as { emit: Emit };
  const original = prototype.emit;
  const emit: Emit = function emit(this: NodeJS.Process, event, ...given) {
    try {
      return Reflect.apply(original, this, [event, ...given]);
    } finally {
      if (event === 'exit' && this === process) conclude();
    }
  };
  Object.defineProperty(prototype, 'emit', { value: emit, writable: true, configurable: true, enumerable: false });
}

/** Starts the tracker, unless `scope-trace -- node --test` has. Returns where it writes. */
function openSession(settings: string): string {
  const around = process.env[ENVIRONMENT.session];
  if (around !== undefined) return around;
  const directory = mkdtempSync(join(tmpdir(), 'scope-trace-tests-'));
  process.env[ENVIRONMENT.session] = directory;
  process.env[ENVIRONMENT.settings] = settings;
  createRequire(import.meta.url)(PRELOAD);
  // What tests start is not traced: it would have to be told of by somebody.
  for (const name of Object.values(ENVIRONMENT)) Reflect.deleteProperty(process.env, name);
  return directory;
}

function look(judge: TestJudge): Judged[] {
  channel(CHANNELS.query).publish({ flush: true });
  return judge.standing().filter(({ fails }) => fails);
}

function takeOf(test: TestContext): Finding[] {
  const name = nameOf(test);
  const isIts = ({ finding }: Judged): boolean => finding.test !== undefined && (finding.test.name === name || (!('fullName' in test) && finding.test.name.endsWith(` › ${name}`)));
  const own = waiting.filter(isIts).map(({ finding }) => finding);
  waiting = waiting.filter((judged) => !isIts(judged));
  return own.filter((finding) => !isAllowed(finding));
}

function isAllowed({ test, rule }: Finding): boolean {
  const rules = allowed.get(test?.name ?? '');
  return rules !== undefined && (rules.length === 0 || rules.includes(rule));
}

/** The user's line as its place. */
function errorOf(findings: readonly Finding[]): Error {
  const [first] = findings;
  const error = new Error(findings.map(({ rule, message, advice }) => `${rule}: ${message}\n→ ${advice}`).join('\n\n'));
  error.name = 'ScopeTraceError';
  const frames = (first?.places ?? []).flatMap(({ place }) =>
    place === undefined || place.library || place.internal ? [] : [`    at ${place.function ?? '<anonymous>'} (${resolve(place.file)}:${place.line}:${place.column})`],
  );
  error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
  return error;
}

/** Nothing more is to come, and no test is left to fail: the file does. */
function conclude(judge: TestJudge): void {
  const rest = [...waiting, ...judge.final().filter(({ fails }) => fails)].filter(({ finding }) => !isAllowed(finding));
  if (rest.length === 0) return;
  for (const { finding } of rest) console.error(formatFindingAlone(finding, undefined, { style: plainStyle, width: WIDTH }).join('\n'));
  if (!Number(process.exitCode ?? 0)) process.exitCode = 1;
}
