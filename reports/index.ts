/** The door of this room: all that other rooms may import. */
export { createDump } from './await-graph/build/create-dump.ts';
export { findRoots } from './await-graph/build/roots.ts';
export type { Standing, StandsAt } from './await-graph/build/rests.ts';
export type { DumpOptions } from './await-graph/build/create-dump.ts';
export { isPlainNode } from './await-graph/extract/node-kinds.ts';
export { EdgeType, LABEL_BITS, LABEL_MASK, NodeType } from './await-graph/heap/tables.ts';
export type { HeapTables, Locations, StringTable } from './await-graph/heap/tables.ts';
export { formatDumpJson } from './await-graph/format/json.ts';
export { formatDump } from './await-graph/format/text.ts';
export { recordDump } from './await-graph/records.ts';
export type { RawPlace, RecordingOptions } from './await-graph/records.ts';
export { DUMP_VERSION } from './await-graph/model.ts';
export type {
  Combinator,
  CycleStep,
  Dump,
  DumpProgram,
  FunctionName,
  HeapFacts,
  Leaf,
  LeafKind,
  ObjectId,
  PendingPromise,
  QueueFacts,
  ScriptPosition,
  Reach,
  Settler,
  TimerFacts,
  TrackedTask,
  VanishedTask,
  Verdict,
  WaitingTask,
  HeldFrame,
} from './await-graph/model.ts';
export { checkProgram, checkSession, DEFAULT_ABORT_GRACE_MS, DEFAULT_BLOCK_AFTER_MS, DEFAULT_GRACE_MS, DEFAULT_LISTENER_GROWTH } from './check.ts';
export type { CheckOptions, Undecided, Verdicts } from './check.ts';
export { nameResource } from './describe/resources.ts';
export { nameHandle } from './describe/handles.ts';
export { labelTask, pathOfTask, placeOfTask } from './describe/task-names.ts';
export type { NamedTask } from './describe/task-names.ts';
export { momentOf } from './describe/moment.ts';
export type { Cure } from './cures/cure.ts';
export type { Certainty, Finding, FindingPlace, Severity, TaskReference, TestReference } from './finding.ts';
export { formatFindingAlone } from './formats/finding-text.ts';
export { formats } from './formats/index.ts';
export type { Format } from './formats/index.ts';
export { formatJson } from './formats/json.ts';
export { formatMarkdown } from './formats/markdown.ts';
export { plainStyle } from './formats/style.ts';
export type { FormatOptions, Page, Style } from './formats/style.ts';
export { formatSummary } from './formats/summary.ts';
export { sanitize, wrap } from './formats/wrap.ts';
export type {
  Losses,
  Meeting,
  Moment,
  Owner,
  ProgramTrace,
  Scope,
  ScopeEvent,
  SessionTrace,
  Task,
  TaskId,
  TaskOrigin,
} from './model.ts';
export { describeFinding, placeFinding } from './otlp/findings.ts';
export type { PlacedFinding } from './otlp/findings.ts';
export { SpanFold } from './otlp/follow-program.ts';
export type { SpanFoldOptions } from './otlp/follow-program.ts';
export { parseTraceparent } from './otlp/spans.ts';
export type { SpanAttributes, SpanCounts, SpanData, SpanPlace } from './otlp/spans.ts';
export { createMerge } from './merge/merge.ts';
export type { Merge, MergeMeta } from './merge/merge.ts';
export { createReport, REPORT_VERSION } from './report.ts';
export type {
  Report,
  ReportMeta,
  ReportProgram,
  ReportScope,
  ReportTask,
  ReportTotals,
} from './report.ts';
export type { Family, Rule, RuleHelp, RulePolicy, RuleSettings, Thresholds } from './rule.ts';
export { createRulesDocument, explainRule } from './rules-document.ts';
export { findRule, rules } from './rules/index.ts';
export { createTimeline } from './timeline/of-trace.ts';
export type { Timeline } from './timeline/model.ts';
export { createPlaces, identitySources, isUserCode } from './sources.ts';
export type { Excerpt, Place, Places, Sources } from './sources.ts';
export { createFold, foldProgram, foldSession } from './trace.ts';
export type { Fold } from './trace.ts';
export { applyComments } from './policy/comments.ts';
export type { Source } from './policy/comments.ts';
export { applyIgnores } from './policy/ignores.ts';
export type { Ignore, PlacedIgnore, ReportIgnore } from './policy/ignores.ts';
export { profiles } from './policy/profiles.ts';
export type { Profile } from './policy/profiles.ts';
export { THRESHOLDS } from './policy/rule-policy.ts';
export {
  applyBaseline, BASELINE_VERSION, compareReports, createBaseline, describeKnown, EMPTY_BASELINE, withKnown, withoutKnown,
} from './policy/baseline.ts';
export type { Baseline, KnownFinding, ReportDifference } from './policy/baseline.ts';
