/**
 * Shares a terminal between a program and the view. The program has a pseudo-terminal some rows lower than ours, and what
 * it writes goes on unchanged, above the region in which the view draws. When the full screens are open its output
 * waits for their end. Once the program uses the terminal in ways that cannot be shared, the view steps aside for good.
 */
import type { Ending } from '../../exit-codes.ts';
import { Backlog } from './backlog.ts';
import { Outlet } from './outlet.ts';
import type { HostedProgram, Size, StartHosted } from './pseudo-terminal.ts';
import { blankRegion, closeRegion, drawRegion, freeRegion, GIVE_UP, LEAVE_SCREENS, openRegion, reopenRegion, RESET_MARGINS } from './region.ts';
import { TerminalReader } from './sequences.ts';
import type { Terminal } from './terminal.ts';

/** Ctrl-] as in telnet: hardly any program wants it. */
export const OPEN_KEY = 0x1d;
/** Ctrl-C. */
const INTERRUPT_KEY = 0x03;
/** Ctrl-Z. */
const SUSPEND_KEY = 0x1a;
/** Below that, nothing is left for the program. */
const LEAST_ROWS = 12;
const LEAST_COLUMNS = 40;
const FRAME_MS = 1000 / 10;
const LOOK_MS = 50;
/** A program that has written for the last time in a while rests at the end of a long line: it has asked something. */
const SILENT_MS = 1000;
/** A longer one is a text, such as a title, an image or a link. */
const LONGEST_HELD = 4096;

export interface HostOptions {
  readonly command: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  readonly start: StartHosted;
  /** How many rows the view has below the program's output. */
  readonly height: number;
  /** What is in them: at most that many lines, none wider than `columns`. */
  readonly drawLines: (columns: number) => readonly string[];
  /** Shows the full screens until the user leaves them, or the signal is aborted. Absent: there are none. */
  readonly openScreens?: (gone: AbortSignal) => Promise<void>;
  /** Told what gives the terminal back from now on, should we be killed. */
  readonly lastWords?: (text: string) => void;
  /** Why the view steps aside, when that is for its own failure. */
  readonly failed: (error: unknown) => void;
}

export interface Host {
  readonly program: HostedProgram & { readonly onInterrupt: (interrupted: () => void) => () => void };
  /** Prints what is ours among the program's output. */
  readonly write: (text: string) => Promise<void>;
  /** How the program ended. The terminal is then as it was. */
  readonly ended: Promise<Ending>;
}

type Mode = 'compact' | 'full' | 'aside' | 'over';

/** @throws when the program cannot be started; the terminal is then as it was */
export function openHost(options: HostOptions): Host {
  const { terminal } = options;
  const backlog = new Backlog();
  let size = terminal.size();
  let mode: Mode = fits(size) ? 'compact' : 'aside';
  const height = (): number => (mode === 'compact' || mode === 'full' ? options.height : 0);
  const own = (): Size => ({ columns: size.columns, rows: size.rows - height() });
  const region = (): { rows: number; height: number } => ({ rows: size.rows, height: options.height });
  const reader = new TerminalReader(own().rows);
  /** Whether the program was ever told that the terminal has fewer rows. */
  const shared = mode === 'compact';
  let dirty = true;
  let held = false;
  let writtenMs = -Infinity;

  const outlet = new Outlet((bytes) => { terminal.write(bytes); });
  const output = (bytes: Uint8Array | string): void => {
    outlet.add(bytes);
    if (outlet.isLong) holdUp();
  };

  /** The program waits for the terminal. Not once it has ended: what it wrote last would be lost. */
  const holdUp = (): void => {
    if (held) return;
    held = true;
    program.pause();
    const goOn = (): void => {
      if (!held) return;
      held = false;
      clearInterval(looking);
      program.resume();
    };
    const looking = setInterval(() => { if (!program.kill(0)) goOn(); }, LOOK_MS);
    void outlet.emptied().then(goOn);
  };

  const pass = (bytes: Uint8Array): void => {
    writtenMs = performance.now();
    if (mode === 'full') backlog.add(bytes);
    else if (mode !== 'compact') output(bytes);
    else passAbove(bytes);
  };

  /** The beginning of a sequence: to be written when it is whole, for it may be one that cannot be shared. */
  let begun: Uint8Array = new Uint8Array(0);
  const passAbove = (bytes: Uint8Array): void => {
    const { erasedAt, takenAt } = reader.read(bytes);
    const all = begun.length === 0 ? bytes : Buffer.concat([begun, bytes]);
    if (takenAt !== undefined) {
      const at = begun.length + takenAt;
      begun = new Uint8Array(0);
      output(all.subarray(0, at));
      stepAside();
      output(all.subarray(at));
      return;
    }
    const whole = all.length - (reader.begun > LONGEST_HELD ? 0 : reader.begun);
    let written = 0;
    for (const { place, column } of erasedAt) {
      if (column >= size.columns) continue;
      const at = Math.max(0, begun.length + place);
      output(all.subarray(written, at));
      output(blankRegion(region(), reader.cursorShown));
      written = at;
    }
    begun = all.subarray(whole);
    output(all.subarray(written, whole));
    if (erasedAt.length > 0) dirty = true;
    if (dirty) draw();
  };

  /** To be called when the mode or the size has changed. */
  const prepare = (): void => {
    const words = { compact: closeRegion(region(), true), full: LEAVE_SCREENS, aside: GIVE_UP, over: '' };
    options.lastWords?.(words[mode]);
  };

  /** Whether what is ours may be written now. */
  const isFree = (): boolean => {
    if (!reader.isWhole || reader.begun !== begun.length) return false;
    return reader.column < size.columns || performance.now() - writtenMs > SILENT_MS;
  };

  /** The program gets the whole terminal, and keeps it. */
  const stepAside = (): void => {
    if (mode !== 'compact') return;
    mode = 'aside';
    output(closeRegion(region(), reader.cursorShown));
    letGo();
    prepare();
    program.resize(own());
  };

  /** What was held back is written, once: what comes next does not wait for it any more. */
  const letGo = (): void => {
    output(begun);
    begun = new Uint8Array(0);
  };

  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      options.failed(error);
      stepAside();
    }
  };

  let shown = '';
  const draw = (): void => {
    if (mode !== 'compact' || !isFree() || !outlet.isShort) return;
    guarded(() => {
      const lines = options.drawLines(size.columns).slice(0, options.height);
      const text = lines.join('\n');
      if (!dirty && text === shown) return;
      dirty = false;
      shown = text;
      output(drawRegion(region(), lines, reader.cursorShown));
    });
  };

  /** Nobody looks at the screens any more, or nobody may. */
  const closing = new AbortController();
  terminal.gone.addEventListener('abort', () => { closing.abort(); }, { once: true });
  /** Resolves when no full screen is open. */
  let screens: Promise<void> = Promise.resolve();
  const openScreens = (): void => {
    const { openScreens: open } = options;
    if (open === undefined || mode !== 'compact' || !isFree()) return;
    mode = 'full';
    prepare();
    output(closeRegion(region(), reader.cursorShown));
    outlet.flush();
    terminal.release();
    screens = open(closing.signal).catch(options.failed).then(() => {
      terminal.take(typed);
      mode = fits(size) ? 'compact' : 'aside';
      prepare();
      if (mode === 'compact') output(openRegion(region()));
      else program.resize(own());
      dirty = true;
      resized();
      for (const bytes of backlog.drain()) pass(bytes);
      draw();
    });
  };

  const interrupted = new Set<() => void>();
  const suspend = (): void => {
    output(closeRegion(region(), reader.cursorShown));
    outlet.flush();
    terminal.release();
    program.kill('SIGSTOP');
    terminal.suspend(() => {
      terminal.take(typed);
      output(openRegion(region()));
      dirty = true;
      program.kill('SIGCONT');
      resized();
      draw();
    });
  };

  const typed = (bytes: Uint8Array): void => {
    const [key] = bytes.length === 1 ? bytes : [];
    if (key === INTERRUPT_KEY) for (const tell of interrupted) tell();
    if (mode === 'compact' && key === OPEN_KEY) openScreens();
    else if (mode === 'compact' && key === SUSPEND_KEY) suspend();
    else program.type(bytes);
  };

  const resized = (): void => {
    const before = size;
    size = terminal.size();
    if (size.rows === before.rows && size.columns === before.columns) return;
    if (mode === 'compact') {
      if (!fits(size)) mode = 'aside';
      output(mode === 'aside' ? freeRegion() : reopenRegion(region()));
      if (mode === 'aside') letGo();
      prepare();
    }
    dirty = true;
    reader.resize(own().rows);
    program.resize(own());
    draw();
  };

  const program = options.start({
    command: options.command,
    environment: options.environment,
    size: own(),
    written: pass,
  });
  terminal.take(typed);
  const forget = terminal.onResize(resized);
  const unguard = terminal.guard(
    () => { giveBack(); },
    (error) => {
      options.failed(error);
      stepAside();
    },
  );
  if (mode === 'compact') output(openRegion(region()));
  prepare();
  draw();
  const frames = setInterval(draw, FRAME_MS);

  const giveBack = (): void => {
    clearInterval(frames);
    forget();
    unguard();
    if (mode === 'compact') output(closeRegion(region(), true));
    // A program that was told of its new size after it had set margins by the old one leaves them behind.
    else if (shared) output(RESET_MARGINS);
    letGo();
    mode = 'over';
    outlet.flush();
    prepare();
    terminal.release();
  };
  const leave = async (): Promise<void> => {
    // Whoever looks at the full screens may look on: what the program has written last comes after that.
    await screens;
    giveBack();
  };
  return {
    program: {
      ...program,
      // What is meant for a program that has ended is meant for those who look on.
      kill: (signal) => {
        const reached = program.kill(signal);
        if (!reached) closing.abort();
        return reached;
      },
      onInterrupt: (listener) => {
        interrupted.add(listener);
        return () => void interrupted.delete(listener);
      },
    },
    write: (text) => {
      pass(Buffer.from(text.replace(/\r?\n/g, '\r\n')));
      return outlet.emptied();
    },
    ended: program.ended.then(async (ending) => {
      await leave();
      return ending;
    }),
  };
}

function fits({ rows, columns }: Size): boolean {
  return rows >= LEAST_ROWS && columns >= LEAST_COLUMNS;
}
