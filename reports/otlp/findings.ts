/** Findings as spans: each lies below what it is about, and tells what happened as an event. */
import type { ProgramId, ScopeId } from '../../tracker/protocol.ts';
import { momentOf } from '../describe/moment.ts';
import type { Finding } from '../finding.ts';
import type { ProgramTrace } from '../model.ts';
import type { Place } from '../sources.ts';
import { spanIdOf } from './spans.ts';
import type { SpanAttributes, SpanData, SpanPlace } from './spans.ts';

/** A finding, and the first calls of the tasks that it names. 0: none is known. */
export interface PlacedFinding {
  readonly finding: Finding;
  /** When it happened, in milliseconds since its program's start. */
  readonly atMs: number;
  readonly call: number;
  readonly expected: number;
}

/** What is known of a program's spans. */
export interface SpanFinder {
  placeOf(scope: ScopeId | undefined, call: number): SpanPlace;
  placeOfCall(call: number): SpanPlace;
  epochOf(atMs: number): number;
}

export function describeFinding({ finding, atMs, call, expected }: PlacedFinding, program: ProgramId, run: string, spans: SpanFinder): SpanData {
  const about = spans.placeOf(finding.scope?.id, call);
  const atEpochMs = spans.epochOf(atMs);
  const attributes = attributesOf(finding);
  const linked = [...(call === 0 ? [] : [{ call, role: finding.roles.task }]), ...(expected === 0 ? [] : [{ call: expected, role: finding.roles.expectedTask ?? 'expected' }])];
  return {
    program,
    traceId: about.traceId,
    spanId: spanIdOf(run, program, 'finding', finding.fingerprint),
    parentSpanId: about.spanId,
    name: `finding ${finding.rule}`,
    kind: 'internal',
    startEpochMs: atEpochMs,
    endEpochMs: atEpochMs,
    attributes: { 'scope_trace.kind': 'finding', ...attributes },
    events: [{ name: 'scope_trace.finding', atEpochMs, attributes: { ...attributes, ...textsOf(finding) } }],
    links: linked.map(({ call: task, role }) => ({ ...spans.placeOfCall(task), attributes: { 'scope_trace.link': role } })),
    droppedLinks: 0,
    ...(finding.severity === 'info' || finding.accepted !== undefined ? {} : { error: finding.message }),
  };
}

function attributesOf({ rule, severity, fingerprint, count, accepted, places }: Finding): SpanAttributes {
  const place = places.find((one) => one.place !== undefined)?.place;
  return {
    'scope_trace.finding.rule': rule,
    'scope_trace.finding.severity': severity,
    'scope_trace.finding.fingerprint': fingerprint,
    'scope_trace.finding.count': count,
    ...(accepted === undefined ? {} : { 'scope_trace.finding.accepted': accepted.by }),
    ...(place === undefined ? {} : { 'code.file.path': place.file, 'code.line.number': place.line }),
  };
}

function textsOf({ message, advice, task, expectedTask, places }: Finding): SpanAttributes {
  return {
    'scope_trace.finding.message': message,
    'scope_trace.finding.advice': advice,
    'scope_trace.finding.task': task.path.join(' › '),
    ...(expectedTask === undefined ? {} : { 'scope_trace.finding.expected_task': expectedTask.path.join(' › ') }),
    'scope_trace.finding.places': places.flatMap(({ label, place }) => (place === undefined ? [] : [`${label} ${tell(place)}`])),
  };
}

function tell({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** As the trace of its program has it. */
export function placeFinding(finding: Finding, trace: ProgramTrace): PlacedFinding {
  const rootOf = (id: number | undefined): number => (id === undefined ? 0 : (trace.tasks[id - 1]?.root ?? 0));
  return { finding, atMs: momentOf(finding, trace), call: rootOf(finding.task.id), expected: rootOf(finding.expectedTask?.id) };
}
