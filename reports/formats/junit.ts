/**
 * JUnit's XML as GitLab and Jenkins read it: a suite for each program, a test case for each finding, and one
 * that passes for a program without any.
 *
 * @see {@link https://github.com/testmoapp/junitxml}
 */
import type { Finding } from '../finding.ts';
import type { Report, ReportProgram } from '../report.ts';
import { escapeAttribute, escapeMarkup } from './escape.ts';
import { fails, locate, mainPlaceOf, tellPlace } from './located.ts';
import { nameProgram } from './program-name.ts';
import type { FormatOptions } from './style.ts';

interface Case {
  readonly name: string;
  readonly file: string;
  readonly body: readonly string[];
  readonly failed: boolean;
}

export function formatJunit(report: Report, options: FormatOptions): string {
  const suites = report.programs.map((program) => describeSuite(program, report, options));
  const total = suites.reduce((sum, { cases }) => sum + cases.length, 0);
  const failed = suites.reduce((sum, { cases }) => sum + cases.filter((one) => one.failed).length, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="scope-trace" tests="${total}" failures="${failed}" errors="0">`,
    ...suites.flatMap(({ head, cases }) => [head, ...cases.flatMap(formatCase), '  </testsuite>']),
    '</testsuites>',
    '',
  ].join('\n');
}

function describeSuite(program: ReportProgram, report: Report, options: FormatOptions): { head: string; cases: readonly Case[] } {
  const own = report.findings.filter((finding) => finding.program === program.id);
  const cases = own.length === 0 ? [passing(program)] : own.map((finding) => describeCase(finding, options));
  const counts = `tests="${cases.length}" failures="${cases.filter(({ failed }) => failed).length}" errors="0" skipped="0"`;
  const name = escapeAttribute(nameProgram(program));
  const time = (program.durationMs / 1000).toFixed(3);
  return { head: `  <testsuite name="${name}" ${counts} time="${time}" timestamp="${escapeAttribute(report.createdAt)}">`, cases };
}

function passing(program: ReportProgram): Case {
  return { name: 'no findings', file: program.command.at(-1) ?? program.id, body: [], failed: false };
}

function describeCase(finding: Finding, options: FormatOptions): Case {
  const place = mainPlaceOf(finding);
  const where = place === undefined ? '' : ` at ${tellPlace(place, options)}`;
  return {
    name: `${finding.rule}${where} (${finding.fingerprint})`,
    file: place === undefined ? finding.program : locate(place.file, options),
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

/** What is not to fail the run is told with a case that passes. */
function formatCase({ name, file, body, failed }: Case): string[] {
  const attributes = `name="${escapeAttribute(name)}" classname="${escapeAttribute(file)}" file="${escapeAttribute(file)}" time="0"`;
  if (body.length === 0) return [`    <testcase ${attributes}/>`];
  const text = escapeMarkup(body.join('\n'));
  const [rule = ''] = name.split(' ');
  const inner = failed
    ? `      <failure message="${escapeAttribute(body[0] ?? '')}" type="${escapeAttribute(rule)}">${text}</failure>`
    : `      <system-out>${text}</system-out>`;
  return [`    <testcase ${attributes}>`, inner, '    </testcase>'];
}
