/** Runs the rules over folded programs and groups what they say. */
import type { ProgramId } from '../tracker/protocol.ts';
import { createCures, type CureOf } from './cures/index.ts';
import { createDescribe } from './describe/describe.ts';
import { capital, group as grouped } from './describe/words.ts';
import type { Finding, TestReference } from './finding.ts';
import { judgeGenerators } from './judge-generators.ts';
import { createJudged } from './judge.ts';
import { judgeWaits } from './proved-waits.ts';
import type { ProgramTrace, SessionTrace } from './model.ts';
import { policyOf, settingsOf, weigh } from './policy/rule-policy.ts';
import type { Judgement, Rule, RuleContext, RuleSettings } from './rule.ts';
import { rules as allRules } from './rules/index.ts';
import { createPlaces, type Places, type Sources } from './sources.ts';

/**
 * A task that ends within this many milliseconds after its scope is no finding. Most work notices
 * its cancellation a little later than the one who cancelled goes on: the loser of a race, a
 * socket that is closing. A tenth of a second tells that apart from work that nobody stops.
 */
export const DEFAULT_GRACE_MS = 100;

/**
 * Work that ends within this many milliseconds after a cancellation is no finding although nobody told
 * it: a write, a log entry, a round trip to a database finish what they have begun, and take less than a
 * second. What takes longer at its end, such as two to five seconds for a child process before it is
 * killed, is work that knows that it is to stop.
 */
export const DEFAULT_ABORT_GRACE_MS = 1000;

/**
 * For this many milliseconds something must have been due, and must have had to wait because the event loop
 * did not turn. The time alone is no finding: a compiler, a linter or a bundler stands still for longer in
 * almost every run, and nobody waits. A second is what people and health checks begin to notice.
 */
export const DEFAULT_BLOCK_AFTER_MS = 1000;

/**
 * Fewer finished calls than this may leave a listener on a signal. Node warned from eleven listeners on, and
 * gave that up for signals, because a fan-out has hundreds of them while it runs. Those of finished calls
 * are far fewer: the components that a program sets up once and that stop with it, ten or twenty from one
 * place. A service that leaves one with each request has fifty within its first minute.
 */
export const DEFAULT_LISTENER_GROWTH = 50;

/** Lines of source kept on either side of a place. */
const EXCERPT_LINES = 2;

export interface CheckOptions extends Partial<RuleSettings> {
  readonly sources: Sources;
  /** Default: all rules. */
  readonly only?: readonly Rule[];
  /** Every single finding, also where an equal one was found before. */
  readonly each?: true;
}

/** Cases that a rule could not judge: never findings, always shown. */
export interface Undecided {
  readonly program: ProgramId;
  readonly rule: string;
  readonly count: number;
  /** One sentence for a person. */
  readonly text: string;
}

export interface Verdicts {
  /** Grouped within each program; in the order of the registry, then of the recording. */
  readonly findings: readonly Finding[];
  readonly undecided: readonly Undecided[];
}

export function checkSession(session: SessionTrace, options: CheckOptions): Verdicts {
  const each = session.programs.map((program) => checkProgram(program, options));
  return {
    findings: each.flatMap((one) => one.findings),
    undecided: each.flatMap((one) => one.undecided),
  };
}

export function checkProgram(trace: ProgramTrace, options: CheckOptions): Verdicts {
  const context = createContext(trace, options);
  const cureOf = createCures(trace, context.places);
  const findings: Finding[] = [];
  const undecided: Undecided[] = [];
  for (const rule of options.only ?? allRules) {
    if (policyOf(rule.id, context)?.severity === 'off') continue;
    const verdict = group(rule.check(trace, forRule(rule, context)), rule.readsStack === true || trace.following.pauses === 0, options.each === true);
    findings.push(...verdict.findings.map((finding) => withCure(withExcerpts(weigh(finding, context), context.places), cureOf)));
    if (verdict.undecided > 0) undecided.push(tellUndecided(trace, rule, verdict.undecided));
  }
  return { findings, undecided };
}

function forRule({ id }: Rule, context: RuleContext): RuleContext {
  return policyOf(id, context) === undefined ? context : { ...context, ...settingsOf(id, context) };
}

function createContext(trace: ProgramTrace, options: CheckOptions): RuleContext {
  const places = createPlaces(trace, options.sources);
  const settings: RuleSettings = {
    graceMs: options.graceMs ?? DEFAULT_GRACE_MS,
    abortGraceMs: options.abortGraceMs ?? DEFAULT_ABORT_GRACE_MS,
    blockAfterMs: options.blockAfterMs ?? DEFAULT_BLOCK_AFTER_MS,
    listenerGrowth: options.listenerGrowth ?? DEFAULT_LISTENER_GROWTH,
    strict: options.strict ?? false,
    ...(options.rules === undefined ? {} : { rules: options.rules }),
  };
  const generators = judgeGenerators(trace, places);
  return {
    ...settings,
    places,
    generators,
    describe: createDescribe(trace, places),
    waits: judgeWaits(trace, places),
    judged: createJudged(trace, places, settings, generators),
  };
}

/** Equal findings become one with a count; the first one stays. */
function group(judgements: Iterable<Judgement>, holdsInferred: boolean, each: boolean): { findings: Finding[]; undecided: number } {
  const first = new Map<string, Finding>();
  const counts = new Map<string, number>();
  const inTests = new Map<string, Map<string, TestReference>>();
  let undecided = 0;
  for (const one of judgements) {
    // What may have happened unseen is said by nobody.
    if (one === 'undecided' || (one.certainty === 'inferred' && !holdsInferred)) {
      undecided++;
      continue;
    }
    const key = each ? String(first.size) : one.fingerprint;
    if (!first.has(key)) first.set(key, one);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (one.test !== undefined) noteTest(inTests, key, one.test);
  }
  const findings = [...first].map(([key, one]) => {
    const [test, ...alsoIn] = [...(inTests.get(key)?.values() ?? [])];
    const told = { ...(test === undefined ? {} : { test }), ...(alsoIn.length === 0 ? {} : { alsoIn }) };
    return { ...one, ...told, count: counts.get(key) ?? 1 };
  });
  return { findings, undecided };
}

/** As many tests are named for one finding; one that breaks in all of a suite is no news in each. */
const MOST_TESTS = 20;

function noteTest(inTests: Map<string, Map<string, TestReference>>, fingerprint: string, test: TestReference): void {
  const tests = inTests.get(fingerprint) ?? new Map<string, TestReference>();
  inTests.set(fingerprint, tests);
  if (tests.size < MOST_TESTS) tests.set(test.id ?? `${test.file ?? ''}\n${test.name}`, test);
}

function withExcerpts(finding: Finding, places: Places): Finding {
  return {
    ...finding,
    places: finding.places.map((one) => {
      const excerpt = one.place && places.excerpt(one.place, EXCERPT_LINES);
      return excerpt === undefined ? one : { ...one, excerpt };
    }),
  };
}

function withCure(finding: Finding, cureOf: CureOf): Finding {
  const cure = cureOf(finding);
  return cure === undefined ? finding : { ...finding, cure };
}

function tellUndecided(trace: ProgramTrace, rule: Rule, count: number): Undecided {
  const head = `${capital(rule.undecidedNoun)} that ${rule.id} could not judge: ${grouped(count)}`;
  if (rule.undecidedBecause !== undefined) return { program: trace.id, rule: rule.id, count, text: `${head}, because ${rule.undecidedBecause}.` };
  const lost = trace.losses.since === undefined ? '' : ', or records are missing';
  const option = trace.following.pauses === 0 ? '--budget 100' : '--slowdown none';
  const text =
    `${head}, because the identity of a task was inferred${lost}. Run with ${option} to infer less.`;
  return { program: trace.id, rule: rule.id, count, text };
}
