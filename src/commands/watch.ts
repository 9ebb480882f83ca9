import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT } from '../exit-codes.ts';
import { readManifest } from '../manifest.ts';
import { Problem } from '../problem.ts';
import { openScreen } from '../screen.ts';
import { findSessions, type RunningSession } from '../view/find-sessions.ts';
import { openView } from '../view/open-view.ts';
import { canShow } from '../view/terminal.ts';

export interface WatchRequest {
  /** Folder of a recording. Absent: that of the session which runs. */
  readonly directory?: string;
  readonly color?: boolean;
}

/**
 * Shows a session live that was started in another terminal.
 *
 * @returns the exit code
 * @throws {Problem} when there is no such session, several, or no terminal
 */
export async function watch({ directory, color }: WatchRequest): Promise<number> {
  requireTerminal('watch');
  const folder = directory === undefined ? chooseSession(findSessions()) : requireRecording(directory);
  return showView(folder, false, color);
}

/** @throws {Problem} without a terminal */
export function requireTerminal(command: string): void {
  if (canShow(process, process.env)) return;
  const reason = process.env['TERM'] === 'dumb' && process.stdout.isTTY ? 'This terminal cannot be drawn on (TERM=dumb)' : 'There is no terminal';
  throw new Problem(
    `${reason}, and scope-trace ${command} needs one, for its input and its output. Without one: scope-trace report <dir> says what was found.`,
    EXIT.usage,
  );
}

/** Opens the view on the whole screen, and waits for its end. */
export async function showView(directory: string, replay: boolean, color: boolean | undefined): Promise<number> {
  const { stdin, stdout } = process;
  const view = await openView({ source: { directory, replay }, cwd: folderOfRun(directory), stdin, stdout, ...(color === undefined ? {} : { color }) });
  const end = await view.ended;
  if (end.how === 'quit') return EXIT.success;
  await openScreen(process.stderr, color).write(
    `scope-trace: The view failed, which is a mistake in scope-trace and not in the program: ${end.reason}. The program goes on.\n`,
  );
  return EXIT.failure;
}

/** What is shown and marked is as the run itself has it. A recording may have come from another machine. */
function folderOfRun(directory: string): string {
  const cwd = readManifest(directory)?.cwd;
  return cwd !== undefined && existsSync(cwd) ? cwd : process.cwd();
}

/** @throws {Problem} unless there is exactly one */
function chooseSession(sessions: readonly RunningSession[]): string {
  const [first, ...others] = sessions;
  if (first === undefined) {
    throw new Problem('No session of yours is running. Start one in another terminal: scope-trace -- node app.js', EXIT.usage);
  }
  if (others.length === 0) return first.directory;
  const lines = sessions.map(({ directory, manifest }) => `  scope-trace watch ${directory}    ${tellCommand(manifest.command)}, ${tellSince(manifest.startedAtEpochMs)}`);
  throw new Problem(`${sessions.length} sessions are running. Choose one, the newest is the first:\n${lines.join('\n')}`, EXIT.usage);
}

function tellCommand(command: readonly string[]): string {
  const text = command.join(' ');
  return text.length > 50 ? `${text.slice(0, 49)}…` : text;
}

function tellSince(startedAtEpochMs: number): string {
  const minutes = Math.floor((Date.now() - startedAtEpochMs) / 60_000);
  return minutes < 1 ? 'started just now' : `started ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ago`;
}

/** @throws {Problem} when it is none */
export function requireRecording(directory: string): string {
  if (readManifest(resolve(directory)) !== undefined) return resolve(directory);
  throw new Problem(
    `The folder ${JSON.stringify(directory)} holds no recording of scope-trace. Name the folder that was given to --trace.`,
    EXIT.usage,
  );
}
