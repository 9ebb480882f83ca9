/**
 * SARIF 2.1.0, for GitHub code scanning, editors and other tools that show findings in the source.
 *
 * @see {@link https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html}
 * @see {@link https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning}
 */
import { count, group } from '../describe/words.ts';
import { cures } from '../cures/index.ts';
import { importOf, REMEDIES } from '../cures/cure.ts';
import type { Accepted, Finding, Severity } from '../finding.ts';
import type { Report, ReportProgram } from '../report.ts';
import type { Rule } from '../rule.ts';
import { rules } from '../rules/index.ts';
import type { Place } from '../sources.ts';
import { withoutControls } from './escape.ts';
import { inOrder } from './in-order.ts';
import { locate, mainPlaceOf, startsIn, stepsOf, tellTest, testsOf } from './located.ts';
import type { Step } from './located.ts';
import type { FormatOptions } from './style.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** Name of the folder that relative paths begin at. */
const ROOT = '%SRCROOT%';
/** Raised when fingerprints are made in another way. */
const FINGERPRINT = 'scopeTrace/v1';

/** GitHub rejects a file with more, and shows the worst 5000: https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads */
const MOST_RESULTS = 25_000;

type Json = Readonly<Record<string, unknown>>;

const LEVELS: Readonly<Record<Severity, string>> = { violation: 'error', leak: 'warning', info: 'note' };

/** One run, whatever the number of programs. Every rule is listed, so that a tool knows what was looked for. */
export function formatSarif(report: Report, options: FormatOptions): string {
  const starts = startsIn(report);
  const { length } = report.findings;
  const told = length <= MOST_RESULTS ? report.findings : inOrder(report.findings).slice(0, MOST_RESULTS);
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: describeTool(report) },
        columnKind: 'utf16CodeUnits',
        invocations: [describeInvocation(report, length - told.length)],
        results: told.map((finding) =>
          describeResult(finding, stepsOf(finding, starts(finding)), mainPlaceOf(finding) ?? entryOf(finding, report), options),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function describeTool({ tool }: Report): Json {
  return { name: tool.name, semanticVersion: tool.version, rules: rules.map(describeRule) };
}

function describeRule({ id, title, family, severity, help }: Rule): Json {
  const cure = cures[id]?.general;
  const text = [help.what, help.why, `Usual cause: ${help.cause}`, `Remedy: ${help.remedy}`].join('\n\n');
  const markdown = [
    help.what, help.why, `**Usual cause.** ${help.cause}`, `**Remedy.** ${help.remedy}`,
    `Not so:\n\n${showCode(help.bad)}`, `But so:\n\n${showCode(help.good)}`,
    ...(cure === undefined ? [] : [`With \`${REMEDIES}\`, instead of\n\n${showCode(cure.before)}\n\nwrite\n\n${showCode(`${importOf(cure.remedies)}\n\n${cure.after}`)}`]),
  ].join('\n\n');
  return {
    id,
    name: id.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title.charAt(0).toUpperCase()}${title.slice(1)}.` },
    fullDescription: { text: help.what },
    help: { text, markdown },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [family, severity], 'problem.severity': LEVELS[severity] },
  };
}

function showCode(code: string): string {
  return `\`\`\`js\n${code}\n\`\`\``;
}

function describeInvocation({ programs, command, createdAt }: Report, left: number): Json {
  const whole = programs.every(({ losses }) => losses.failures.length === 0 && losses.stopped === undefined);
  return {
    executionSuccessful: whole,
    endTimeUtc: createdAt,
    ...(command === undefined ? {} : { commandLine: command.join(' ') }),
    toolExecutionNotifications: [
      ...(left === 0 ? [] : [warn(`${count(left, 'finding')} left out: no tool takes more than ${group(MOST_RESULTS)}. The JSON report holds all.`)]),
      ...programs.flatMap(describeLosses),
    ],
  };
}

/** What limits the answer. */
function describeLosses({ losses, caveats }: ReportProgram): Json[] {
  const dropped = losses.dropped === 0 ? [] : [`${losses.dropped} records could not be kept: findings may be missing.`];
  return [...dropped, ...losses.failures, ...caveats].map(warn);
}

function warn(text: string): Json {
  return { level: 'warning', message: { text } };
}

function describeResult(finding: Finding, steps: readonly Step[], place: Place | undefined, options: FormatOptions): Json {
  return {
    ruleId: finding.rule,
    ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
    level: LEVELS[finding.severity],
    message: { text: `${finding.message} ${finding.advice}` },
    locations: place === undefined ? [] : [describeLocation(place, options)],
    relatedLocations: steps.map((step, id) => ({ id, ...describeLocation(step.place, options), message: { text: step.text } })),
    ...(steps.length < 2 ? {} : { codeFlows: [describeFlow(steps, options)] }),
    partialFingerprints: { [FINGERPRINT]: finding.fingerprint },
    occurrenceCount: finding.count,
    ...(finding.accepted === undefined ? {} : { suppressions: [suppress(finding.accepted)] }),
    properties: {
      certainty: finding.certainty,
      task: finding.task.path.join(' › '),
      // No fix that a tool could put in: the import is missing, and a note may say what else is to do.
      ...(finding.cure === undefined ? {} : { cure: finding.cure }),
      ...(finding.expectedTask === undefined ? {} : { expectedTask: finding.expectedTask.path.join(' › ') }),
      ...(finding.test === undefined ? {} : { tests: testsOf(finding).map((test) => tellTest(test, options)) }),
      ...(finding.scope === undefined ? {} : { scope: finding.scope.name, scopeKind: finding.scope.kind }),
    },
  };
}

function suppress(accepted: Accepted): Json {
  if (accepted.by === 'baseline') return { kind: 'external', justification: 'It is in the baseline.' };
  return { kind: accepted.by === 'comment' ? 'inSource' : 'external', justification: `${accepted.reason} (${accepted.where})` };
}

function describeFlow(steps: readonly Step[], options: FormatOptions): Json {
  const locations = steps.map(({ place, text }, at) => ({
    location: { ...describeLocation(place, options), message: { text } },
    executionOrder: at + 1,
  }));
  return { threadFlows: [{ locations }] };
}

function describeLocation(place: Place, options: FormatOptions): Json {
  const { line, column, function: inside } = place;
  return {
    physicalLocation: { artifactLocation: describeFile(withoutControls(locate(place.file, options))), region: { startLine: line, startColumn: column } },
    ...(inside === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: inside, kind: 'function' }] }),
  };
}

/** Relative files begin at the repository's root, others are URIs of their own. */
function describeFile(file: string): Json {
  if (/^[a-z][a-z\d+.-]+:/i.test(file)) return { uri: encodeURI(file) };
  if (file.startsWith('/')) return { uri: `file://${encodePath(file)}` };
  if (/^[a-z]:\//i.test(file)) return { uri: `file:///${encodePath(file)}` };
  return { uri: encodePath(file), uriBaseId: ROOT };
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Tools want a place for everything: what says none is about the program as such. */
function entryOf({ program }: Finding, { programs }: Report): Place | undefined {
  const script = programs.find(({ id }) => id === program)?.command.slice(1).find((word) => /\.[cm]?[jt]sx?$/.test(word));
  return script === undefined ? undefined : { file: script, line: 1, column: 1, library: false, internal: false };
}
