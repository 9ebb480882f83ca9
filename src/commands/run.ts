import { randomUUID } from 'node:crypto';
import { prepareBaseline, readBaseline } from '../baseline-file.ts';
import type { Accept } from '../baseline-file.ts';
import { conclude, judgeTrace, ruleSettings, timelineOf } from '../conclusion.ts';
import { EXIT, codeOf } from '../exit-codes.ts';
import type { Ending } from '../exit-codes.ts';
import { readManifest } from '../manifest.ts';
import { canWatch, launch } from '../launch.ts';
import type { Launched, RunHosted } from '../launch.ts';
import type { RunOptions } from '../invocation.ts';
import { otlpTarget } from '../otlp/environment.ts';
import type { OtlpTarget } from '../otlp/environment.ts';
import type { Otlp } from '../otlp/start-otlp.ts';
import { placeFinding } from '../../reports/index.ts';
import type { PlacedFinding, Report, SessionTrace } from '../../reports/index.ts';
import { Problem } from '../problem.ts';
import { acceptMarked, noteBaseline } from '../marked-baseline.ts';
import { readRecording } from '../recording.ts';
import { assertWritable } from '../report-files.ts';
import { openScreen } from '../screen.ts';
import { watchRun } from '../watch/watch-run.ts';
import type { Watch } from '../watch/watch-run.ts';
import { closeSession, openNamedSession, openTemporarySession } from '../session.ts';
import type { Session } from '../session.ts';
import { mayHang, trackerSettings } from '../tracker-settings.ts';
import { prepareHosted } from '../view/run-hosted.ts';
import { watchLoops } from '../stalls/watch-loops.ts';
import { ENVIRONMENT } from '../../tracker/protocol.ts';
import type { Settings } from '../../tracker/protocol.ts';

/**
 * Runs a command under the tracker, says what was found on standard error, and writes what the
 * user asked for.
 *
 * @returns the exit code
 * @throws {Problem} before the command starts when something that was asked for cannot be done
 */
export async function run(command: readonly string[], options: RunOptions): Promise<number> {
  await assertWritable(options.reports, options.baseline?.file);
  const accept = await prepareBaseline(options.baseline);
  const target = options.otlp === undefined ? undefined : otlpTarget(options.otlp, process.env);
  const settings = trackerSettings(options);
  const plain = openScreen(process.stderr, options.color);
  const hosted = options.view && !options.quiet ? await prepareHosted({ command, screen: plain, color: options.color, rules: ruleSettings(options), policy: options.policy }) : undefined;
  const { screen } = hosted ?? { screen: plain };
  const session = await openSession(command, options);
  if (session instanceof Problem) {
    await screen.write(`scope-trace: ${session.message}\n`);
    return codeOf(await launch(command, undefined)) || session.exitCode;
  }
  noteBaseline(session.directory, options.baseline);
  const folder = guard(session);
  const otlp = target && (await beginOtlp(target, session, options));
  let watch: Watch | undefined;
  try {
    const ending = await launchWatched(command, session.directory, settings, (child) => {
      if (mayHang(options)) watch = watchRun(child, session.directory, options, screen);
    }, hosted?.runHosted(session.directory));
    folder.programEnded();
    await watch?.end();
    const code = await judge(session, command, { ...options, accept }, ending, otlp);
    return watch?.timedOut() === true ? EXIT.timedOut : code;
  } finally {
    closeSession(session);
    folder.release();
  }
}

/** Runs the command, and asks its programs where they stand when they stand still. */
async function launchWatched(
  command: readonly string[], directory: string, settings: Settings, started: (program: Launched) => void, runHosted?: RunHosted,
): Promise<Ending> {
  const { blockAfterMs = 0 } = settings;
  const watched = blockAfterMs > 0 && canWatch(command);
  const end = watched ? watchLoops(directory, `${ENVIRONMENT.session}=${directory}`, blockAfterMs) : () => undefined;
  try {
    return await launch(command, { directory, settings, watched }, started, runHosted);
  } finally {
    end();
  }
}

/** A problem when only the tracing, and not the program, must do without a folder. */
async function openSession(command: readonly string[], { trace }: RunOptions): Promise<Session | Problem> {
  if (trace !== undefined) return openNamedSession(trace, command);
  try {
    return await openTemporarySession(command);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** Whatever happens to us while we read the recording, the program's own failure counts first. */
async function judge(session: Session, command: readonly string[], options: RunOptions & { readonly accept: Accept }, ending: Ending, otlp?: Otlp): Promise<number> {
  const code = codeOf(ending);
  const screen = openScreen(process.stderr, options.color);
  try {
    const trace = await readRecording(session.directory).catch((error: unknown) => {
      throw lost(session.directory, error);
    });
    const found = judgeTrace(trace, options, readManifest(session.directory) ?? { command });
    const { accept, hint } = acceptMarked(session.directory, options);
    let told = found;
    const hear: Accept = async (report) => (told = await accept(report));
    const verdict = await conclude(found, { ...options, accept: hear, screen, timeline: timelineOf(trace, found) });
    const unsent = await otlp?.end(placeFindings(told, trace));
    if (unsent !== undefined) await screen.write(`! ${unsent}\n`);
    if (hint !== undefined) await screen.write(`${hint}
`);
    if (session.kept) await screen.write(`The recording is kept: scope-trace report ${String(options.trace)}\n`);
    return code === EXIT.success ? verdict : code;
  } catch (error) {
    if (code === EXIT.success) throw error;
    await screen.write(`scope-trace: ${error instanceof Problem ? error.message : String(error)}\n`);
    return code;
  }
}

/** Loads OpenTelemetry's packages only now, in a thread of their own. */
async function beginOtlp(target: OtlpTarget, { directory }: Session, options: RunOptions): Promise<Otlp> {
  const { startOtlp } = await import('../otlp/start-otlp.ts');
  const { baseline, policy } = options;
  return startOtlp({
    directory, cwd: process.cwd(), run: readManifest(directory)?.run ?? randomUUID(), target, rules: ruleSettings(options),
    ...(policy === undefined ? {} : { policy }),
    ...(baseline === undefined || baseline.update ? {} : { baseline: await readBaseline(baseline.file) }),
  });
}

function placeFindings({ findings }: Report, { programs }: SessionTrace): readonly PlacedFinding[] {
  return findings.flatMap((finding) => {
    const trace = programs.find(({ id }) => id === finding.program);
    return trace === undefined ? [] : [placeFinding(finding, trace)];
  });
}

/** The recording was ours to keep: that it cannot be read is our failure, whatever happened to it. */
function lost(directory: string, error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  return new Problem(
    `Nothing can be said about the program: its recording in ${JSON.stringify(directory)} was removed or damaged while ` +
      'it ran. Keep the recording out of its reach: --trace <dir>',
    EXIT.failure,
  );
}

/** A signal to the whole group may end the program before it reaches us: it is not meant for the summary. */
const LATE_MS = 100;

interface Guard {
  readonly programEnded: () => void;
  readonly release: () => void;
}

/** Removes the session's folder when a signal ends us before the command has done so. */
function guard(session: Session): Guard {
  let endedAtMs = -Infinity;
  const remove = (): void => {
    closeSession(session);
  };
  const end = (signal: NodeJS.Signals): void => {
    // While the program runs, signals are relayed to it, and it decides.
    if (process.listenerCount(signal) > 1) return;
    if (performance.now() - endedAtMs < LATE_MS) return;
    remove();
    process.off(signal, end);
    process.kill(process.pid, signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
  for (const signal of signals) process.on(signal, end);
  process.once('exit', remove);
  return {
    programEnded: () => {
      endedAtMs = performance.now();
    },
    release: () => {
      for (const signal of signals) process.off(signal, end);
      process.off('exit', remove);
    },
  };
}
