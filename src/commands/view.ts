import { requireRecording, requireTerminal, showView } from './watch.ts';

export interface ViewCommand {
  /** Folder of a recording. */
  readonly directory: string;
  readonly color?: boolean;
}

/**
 * Replays a kept recording.
 *
 * @returns the exit code
 * @throws {Problem} when it is none, or there is no terminal
 */
export async function view({ directory, color }: ViewCommand): Promise<number> {
  const folder = requireRecording(directory);
  requireTerminal('view');
  return showView(folder, true, color);
}
