/** The spans and the counts of all programs of a session. Knows no file, no clock and no network. */
import { describeFinding, SpanFold } from '../../reports/index.ts';
import type { PlacedFinding, SpanAttributes, SpanData, SpanPlace } from '../../reports/index.ts';
import type { ProgramId, TraceRecord } from '../../tracker/protocol.ts';
import type { Measured } from './sender.ts';

export interface SessionSpansOptions {
  readonly run: string;
  readonly parent?: SpanPlace;
}

export class SessionSpans {
  readonly #folds = new Map<ProgramId, SpanFold>();
  readonly #told = new Set<string>();
  readonly #findings = new Map<string, { value: number; attributes: SpanAttributes }>();
  readonly #options: SessionSpansOptions;

  constructor(options: SessionSpansOptions) {
    this.#options = options;
  }

  add(program: ProgramId, records: readonly TraceRecord[]): readonly SpanData[] {
    const fold = this.#fold(program);
    return records.flatMap((record) => fold.add(record));
  }

  /** Those that were not told yet. */
  find(found: readonly PlacedFinding[]): readonly SpanData[] {
    return found.flatMap((each) => {
      const { program, fingerprint, rule, severity, accepted } = each.finding;
      const key = `${program} ${fingerprint}`;
      if (this.#told.has(key)) return [];
      this.#told.add(key);
      const attributes = { rule, severity, accepted: accepted !== undefined };
      const name = JSON.stringify(attributes);
      this.#findings.set(name, { attributes, value: (this.#findings.get(name)?.value ?? 0) + 1 });
      return [describeFinding(each, program, this.#options.run, this.#fold(program))];
    });
  }

  /** What is left. Nothing more comes. */
  *finish(): Generator<readonly SpanData[]> {
    for (const fold of this.#folds.values()) yield fold.finish();
  }

  resourceOf(program: string): SpanAttributes {
    const started = this.#folds.get(program)?.started;
    if (started === undefined) return { 'service.instance.id': program };
    const { pid, ppid, thread, argv, node, cwd } = started;
    return {
      'service.instance.id': program,
      'process.pid': pid, 'process.parent_pid': ppid, 'process.command_args': argv, 'process.working_directory': cwd,
      'process.runtime.name': 'nodejs', 'process.runtime.version': node.replace(/^v/, ''),
      ...(thread === 0 ? {} : { 'thread.id': thread }),
    };
  }

  measured(lost: () => number): readonly Measured[] {
    const sum = (of: (fold: SpanFold) => number) => () => [{ value: [...this.#folds.values()].reduce((total, fold) => total + of(fold), 0), attributes: {} }];
    return [
      { name: 'scope_trace.programs', description: 'Programs that were started.', grows: true, read: () => [{ value: this.#folds.size, attributes: {} }] },
      { name: 'scope_trace.tasks', description: 'Tasks that are over.', grows: true, read: sum(({ counts }) => counts.tasks) },
      { name: 'scope_trace.scopes', description: 'Scopes that are over.', grows: true, read: sum(({ counts }) => counts.scopes) },
      { name: 'scope_trace.calls.open', description: 'Announced calls that are not over.', grows: false, read: sum(({ alive }) => alive) },
      { name: 'scope_trace.scopes.open', description: 'Scopes that are open.', grows: false, read: sum(({ open }) => open) },
      { name: 'scope_trace.findings', description: 'Findings, by rule and severity.', grows: true, read: () => [...this.#findings.values()] },
      { name: 'scope_trace.omitted', description: 'Tasks and scopes that were too many to follow.', grows: true, read: sum(({ counts }) => counts.omitted) },
      { name: 'scope_trace.spans.lost', description: 'Spans that did not arrive.', grows: true, read: () => [{ value: lost(), attributes: {} }] },
    ];
  }

  #fold(program: ProgramId): SpanFold {
    let fold = this.#folds.get(program);
    if (fold === undefined) this.#folds.set(program, (fold = new SpanFold({ ...this.#options, program })));
    return fold;
  }
}
