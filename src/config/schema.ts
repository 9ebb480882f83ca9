/** The schema of the configuration, made from what it configures. The build writes it to `config.schema.json`. */
import { profiles, rules, THRESHOLDS } from '../../reports/index.ts';
import type { Thresholds } from '../../reports/index.ts';
import { INSTRUMENTS } from '../../tracker/protocol.ts';

type Schema = Readonly<Record<string, unknown>>;

const OPTIONS: Readonly<Record<string, Schema>> = {
  report: { description: 'Write the findings to files: `out.json`, or `sarif=out.sarif` and the like.', ...several({ type: 'string' }) },
  baseline: { description: 'Accept the findings that this file knows.', type: 'string' },
  updateBaseline: { description: 'Write all that is found into the file of `baseline`.', type: 'boolean' },
  trace: { description: 'Keep the recording in this folder.', type: 'string' },
  failOn: { description: 'What fails the command: `violation`, `leak`, `info`, `never`, or rules.', ...several({ type: 'string' }) },
  strict: { description: 'Also report what is legitimate only because an ended task was joined.', type: 'boolean' },
  grace: { description: 'How long a task, a timer or a handle may outlive its scope, in milliseconds.', type: 'number', minimum: 0 },
  abortGrace: { description: 'How long work may go on after its cancellation, in milliseconds.', type: 'number', minimum: 0 },
  blockAfter: { description: 'How long the event loop may stand still while somebody waits, in milliseconds. 0: it is not looked at.', type: 'number', minimum: 0 },
  listenerGrowth: { description: 'How many finished calls may leave an abort listener on one signal.', type: 'number', minimum: 10 },
  memory: { description: "Upper bound for the tracker's memory in each program, in MiB.", type: 'number' },
  budget: { description: 'Share of the time that seeing calls exactly may cost, in percent.', type: 'number' },
  slowdown: { description: 'How many times as long following promises may make the program compute, or `none`.', anyOf: [{ type: 'number' }, { const: 'none' }] },
  without: { description: 'Instruments that stay out of the program.', ...several({ enum: INSTRUMENTS }) },
  otlp: { description: 'Send spans and metrics to the collector at this address, or where OTEL_EXPORTER_OTLP_* say.', anyOf: [{ type: 'string' }, { type: 'boolean' }] },
  timeout: { description: 'How long the command may run, such as `60s`.', type: 'string' },
  hangAfter: { description: 'Dump the programs when nothing has progressed for so long, such as `10s`.', type: 'string' },
  view: { description: 'Show the live view, where there is a terminal for it.', type: 'boolean' },
  quiet: { description: 'Print nothing when nothing was found.', type: 'boolean' },
  color: { description: 'Print with or without colour. FORCE_COLOR and NO_COLOR come first.', type: 'boolean' },
};

/** How a threshold is called in the configuration. */
export const THRESHOLD_NAMES: Readonly<Record<keyof Thresholds, string>> = {
  graceMs: 'grace', abortGraceMs: 'abortGrace', blockAfterMs: 'blockAfter', listenerGrowth: 'listenerGrowth', strict: 'strict',
};

const LEVEL: Schema = { description: '`off`: it is not asked. `info`: what it finds is only told.', enum: ['off', 'info', 'leak', 'violation'] };

function several(item: Schema): Schema {
  return { anyOf: [item, { type: 'array', items: item }] };
}

export function createConfigSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'urn:scope-trace:config',
    title: 'scope-trace configuration',
    description: 'scope-trace.config.json, or the field scopeTrace of a package.json. Fields named like an option of the command are that option.',
    ...object({
      $schema: { description: 'This schema.', type: 'string' },
      ...OPTIONS,
      rules: { description: 'Severity and thresholds by rule.', ...object(Object.fromEntries(rules.map(({ id, title }) => [id, describeRule(id, title)]))) },
      ignores: { description: 'Findings to live with, and why.', type: 'array', items: describeIgnore() },
      profiles: {
        description: 'Known noise of tools that is left out. Default: all of it.',
        anyOf: [{ type: 'boolean' }, { type: 'array', items: { enum: profiles.map(({ id }) => id) } }],
      },
      scopes: { description: 'Scopes of libraries.', type: 'array', items: { type: 'object' } },
    }),
  };
}

function object(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return { type: 'object', additionalProperties: false, ...(required.length === 0 ? {} : { required }), properties };
}

function describeRule(id: string, title: string): Schema {
  const thresholds = (THRESHOLDS[id] ?? []).map((name) => THRESHOLD_NAMES[name]);
  const own = Object.fromEntries(thresholds.map((name) => [name, OPTIONS[name] ?? {}]));
  return { description: title, anyOf: [LEVEL, object({ severity: LEVEL, ...own })] };
}

function describeIgnore(): Schema {
  const name = several({ type: 'string', minLength: 1 });
  const criteria = {
    rule: { description: 'Ids of rules.', ...several({ enum: rules.map(({ id }) => id) }) },
    file: { description: 'Globs of a file that the finding names, from the folder of the configuration.', ...name },
    function: { description: 'A function that the finding names a place in; `*` stands for any text.', ...name },
    task: { description: 'A task that the finding names.', ...name },
    scope: { description: 'The scope.', ...name },
    package: { description: 'An installed package that the finding names a place in.', ...name },
  };
  return object(
    {
      ...criteria,
      reason: { description: 'Why.', type: 'string', minLength: 1 },
      until: { description: 'The last day on which it counts, as 2030-12-31.', type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' },
    },
    ['reason'],
  );
}
