/**
 * JUnit's XML as GitLab and Jenkins read it: a suite for each test file, or for each program where no test ran; a test
 * case for each finding, under the name of its test, and one that passes for a program without any.
 *
 * @see {@link https://github.com/testmoapp/junitxml}
 */
import type { Finding, TestReference } from '../finding.ts';
import type { Report, ReportProgram } from '../report.ts';
import { escapeAttribute, escapeMarkup } from './escape.ts';
import { fails, locate, mainPlaceOf, tellPlace, testsOf } from './located.ts';
import { nameProgram } from './program-name.ts';
import type { FormatOptions } from './style.ts';

interface Case {
  readonly name: string;
  /** What findings are listed under: a file. */
  readonly file: string;
  readonly rule: string;
  readonly body: readonly string[];
  readonly failed: boolean;
}

interface Suite {
  readonly name: string;
  readonly durationMs: number;
  readonly cases: Case[];
}

export function formatJunit(report: Report, options: FormatOptions): string {
  const suites = gatherSuites(report, options);
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="scope-trace" tests="${all.length}" failures="${countFailed(all)}" errors="0">`,
    ...suites.flatMap((suite) => formatSuite(suite, report)),
    '</testsuites>',
    '',
  ].join('\n');
}

const countFailed = (cases: readonly Case[]): number => cases.filter(({ failed }) => failed).length;

/** Test files come after the programs that ran them: several programs may have a part in one. */
function gatherSuites({ programs, findings }: Report, options: FormatOptions): readonly Suite[] {
  const files = new Map<string, Suite>();
  const ofPrograms = programs.map((program) => {
    const suite: Suite = { name: nameProgram(program), durationMs: program.durationMs, cases: [] };
    const own = findings.filter((finding) => finding.program === program.id);
    for (const finding of own) {
      const tests = testsOf(finding);
      for (const test of tests) suiteOf(test, files, suite, options).cases.push(describeCase(finding, test, options));
      if (tests.length === 0) suite.cases.push(describeCase(finding, undefined, options));
    }
    if (own.length === 0) suite.cases.push(passing(program));
    return suite;
  });
  return [...ofPrograms.filter(({ cases }) => cases.length > 0), ...files.values()];
}

function suiteOf({ file }: TestReference, files: Map<string, Suite>, otherwise: Suite, options: FormatOptions): Suite {
  if (file === undefined) return otherwise;
  const name = locate(file, options);
  const known = files.get(name) ?? { name, durationMs: 0, cases: [] };
  files.set(name, known);
  return known;
}

function passing(program: ReportProgram): Case {
  return { name: 'no findings', file: program.command.at(-1) ?? program.id, rule: '', body: [], failed: false };
}

function describeCase(finding: Finding, test: TestReference | undefined, options: FormatOptions): Case {
  const place = mainPlaceOf(finding);
  const where = place === undefined ? '' : ` at ${tellPlace(place, options)}`;
  const what = `${finding.rule}${where} (${finding.fingerprint})`;
  const file = test?.file ?? place?.file;
  return {
    name: test === undefined ? what : `${test.name}: ${what}`,
    file: file === undefined ? finding.program : locate(file, options),
    rule: finding.rule,
    failed: fails(finding, options),
    body: [
      finding.message,
      `${finding.roles.task}: ${finding.task.path.join(' › ')}`,
      ...(finding.expectedTask === undefined ? [] : [`${finding.roles.expectedTask ?? 'expected'}: ${finding.expectedTask.path.join(' › ')}`]),
      ...finding.places.flatMap(({ label, place: at }) => (at === undefined ? [] : [`${label}: ${tellPlace(at, options)}`])),
      finding.advice,
      ...(finding.count === 1 ? [] : [`It happened ${finding.count} times.`]),
    ],
  };
}

function formatSuite({ name, durationMs, cases }: Suite, { createdAt }: Report): string[] {
  const counts = `tests="${cases.length}" failures="${countFailed(cases)}" errors="0" skipped="0"`;
  const time = `time="${(durationMs / 1000).toFixed(3)}" timestamp="${escapeAttribute(createdAt)}"`;
  return [`  <testsuite name="${escapeAttribute(name)}" ${counts} ${time}>`, ...cases.flatMap(formatCase), '  </testsuite>'];
}

/** What is not to fail the run is told with a case that passes. */
function formatCase({ name, file, rule, body, failed }: Case): string[] {
  const attributes = `name="${escapeAttribute(name)}" classname="${escapeAttribute(file)}" file="${escapeAttribute(file)}" time="0"`;
  if (body.length === 0) return [`    <testcase ${attributes}/>`];
  const text = escapeMarkup(body.join('\n'));
  const inner = failed
    ? `      <failure message="${escapeAttribute(body[0] ?? '')}" type="${escapeAttribute(rule)}">${text}</failure>`
    : `      <system-out>${text}</system-out>`;
  return [`    <testcase ${attributes}>`, inner, '    </testcase>'];
}
