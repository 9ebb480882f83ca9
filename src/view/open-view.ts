/** Opens the view on the whole screen of a terminal. */
import type { RuleSettings } from '../../reports/index.ts';
import { colorLevel } from '../screen.ts';
import { dumpInto } from './dump-now.ts';
import { openFeed, type FeedClient } from './feed/client.ts';
import type { FeedSettings } from './feed/messages.ts';
import { paintScreen, type Painter } from './painter.ts';
import { loadReact } from './react-production.ts';
import type { Wish } from './state/ui.ts';
import { guardTerminal, TerminalScreen, type Guard, type Terminal } from './terminal.ts';

export interface ViewRequest extends Terminal {
  /** Where the recordings are; a `replay` of them has a time of its own. */
  readonly source: { readonly directory: string; readonly replay: boolean };
  /** In which the programs were started: shown paths are relative to it. Absent: the same as ours. */
  readonly cwd?: string;
  /** What the user asked for. Absent: the environment and the terminal decide. */
  readonly color?: boolean;
  /** Absent: the defaults. */
  readonly rules?: Partial<RuleSettings>;
  /**
   * One that is open already, and stays so. Signals that would end us then are the business of whoever has opened it.
   * Absent: the view opens its own.
   */
  readonly feed?: FeedClient;
  /** Told when the user suspends the view and comes back. */
  readonly standStill?: (still: boolean) => void;
}

/** How a view ended. `failed`: by a mistake of ours, told in a clause. */
export type ViewEnd = { readonly how: 'quit' } | { readonly how: 'failed'; readonly reason: string };

export interface OpenedView {
  /** Never rejects. The terminal has been given back by then. */
  readonly ended: Promise<ViewEnd>;
  close(): Promise<void>;
}

const LEAST_ROWS = 8;
const LEAST_COLUMNS = 20;

export async function openView(request: ViewRequest): Promise<OpenedView> {
  const view = new TerminalView(request);
  await view.show();
  return view;
}

class TerminalView implements OpenedView {
  readonly ended: Promise<ViewEnd>;
  readonly #request: ViewRequest;
  readonly #client: FeedClient;
  readonly #screen: TerminalScreen;
  readonly #guard: Guard;
  readonly #colors: FeedSettings['colors'];
  readonly #unsubscribe: () => void;
  #painter: Painter | undefined;
  #unmount: (() => void) | undefined;
  #wishes = 0;
  #end: (end: ViewEnd) => void = () => undefined;
  #closed = false;

  constructor(request: ViewRequest) {
    const { source, cwd = process.cwd(), stdout, color, rules, feed } = request;
    this.#request = request;
    this.#colors = colorLevel(stdout, color, process.env);
    this.#screen = new TerminalScreen(request);
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#guard = guardTerminal(() => { this.#screen.leave(); }, (error) => void this.#finish(failure(error)), feed === undefined);
    this.#client = feed ?? openFeed({ ...source, ...this.#size(), cwd, colors: this.#colors, rules: rules ?? {} });
    this.#wishes = this.#client.snapshot?.wish?.number ?? 0;
    if (feed !== undefined) this.#resize();
    this.#client.ended.then(() => this.#finish({ how: 'quit' }), (error: unknown) => this.#finish(failure(error)));
    this.#unsubscribe = this.#client.subscribe(() => { this.#obey(); });
    stdout.on('resize', this.#resize);
    process.on('SIGCONT', this.#resume);
  }

  async show(): Promise<void> {
    loadReact();
    const { mount } = await import('./mount.tsx');
    if (this.#closed || this.#unmount !== undefined) return;
    const { stdin, stdout } = this.#request;
    // Before anything is shown: what is typed at once would be echoed into it.
    if (stdin.isTTY) stdin.setRawMode(true);
    this.#screen.enter();
    this.#painter = paintScreen((text) => void stdout.write(text));
    this.#unmount = mount(this.#client, { stdin, painter: this.#painter, colors: this.#colors, size: () => this.#size(), failed: (error) => void this.#finish(failure(error)) });
  }

  async close(): Promise<void> {
    await this.#finish({ how: 'quit' });
  }

  #size(): Pick<FeedSettings, 'columns' | 'rows' | 'compact'> {
    const { columns, rows } = this.#request.stdout;
    return { columns: Math.max(LEAST_COLUMNS, columns || 80), rows: Math.max(LEAST_ROWS, rows || 24), compact: false };
  }

  readonly #resize = (): void => {
    this.#painter?.forget();
    this.#client.say({ kind: 'size', ...this.#size() });
  };

  /** What the state of the view cannot do itself. */
  #obey(): void {
    const { wish, pid } = this.#client.snapshot ?? {};
    if (wish === undefined || wish.number <= this.#wishes) return;
    this.#wishes = wish.number;
    this.#grant(wish.kind, pid);
  }

  #grant(kind: Wish['kind'], pid: number | undefined): void {
    if (kind === 'quit') void this.close();
    else if (kind === 'suspend') this.#suspend();
    else if (kind === 'dump') void dumpInto(pid, this.#colors, this.#size().columns, (lines) => { this.#client.say({ kind: 'dump', lines }); });
  }

  /** As the terminal does by itself when no program reads its keys one by one. */
  #suspend(): void {
    this.#hide();
    this.#request.standStill?.(true);
    process.kill(0, 'SIGTSTP');
    // Where nobody could bring us back, the system does not stop us.
    setTimeout(this.#resume, 100);
  }

  readonly #resume = (): void => {
    if (this.#closed) return;
    this.#request.standStill?.(false);
    this.#hide();
    this.#resize();
    void this.show();
  };

  #hide(): void {
    this.#unmount?.();
    this.#unmount = undefined;
    this.#screen.leave();
  }

  async #finish(end: ViewEnd): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#request.stdout.off('resize', this.#resize);
    process.off('SIGCONT', this.#resume);
    try {
      this.#hide();
    } catch {
      this.#screen.leave();
    }
    this.#guard.release();
    this.#unsubscribe();
    if (this.#request.feed === undefined) await this.#client.close();
    this.#request.stdin.pause();
    this.#end(end);
  }
}

function failure(error: unknown): ViewEnd {
  if (process.env['SCOPE_TRACE_DEBUG'] !== undefined) console.error(error);
  return { how: 'failed', reason: error instanceof Error ? error.message : String(error) };
}
