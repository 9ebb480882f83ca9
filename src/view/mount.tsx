/** Puts the view on a terminal. Loaded only when one is opened: ink and React take some 100 ms and 30 MB. */
import { EventEmitter } from 'node:events';
import chalk from 'chalk';
import { render, useInput } from 'ink';
import { Component, useSyncExternalStore, type ReactNode } from 'react';
import { App } from './app.tsx';
import type { FeedClient } from './feed/client.ts';
import type { FeedSettings } from './feed/messages.ts';
import { namesOfKeys } from './key-names.ts';
import type { Painter } from './painter.ts';

export interface MountRequest {
  readonly stdin: NodeJS.ReadStream;
  readonly painter: Painter;
  readonly colors: FeedSettings['colors'];
  /** Of the terminal, now. */
  readonly size: () => { readonly columns: number; readonly rows: number };
  /** Told of what could not be drawn. Ink itself would print where in our code that was. */
  readonly failed: (error: unknown) => void;
}

/** Returns what takes it off again. The last frame stays where it is. */
export function mount(client: FeedClient, { stdin, painter, colors, size, failed }: MountRequest): () => void {
  chalk.level = colors;
  const frames = new Frames(painter, size, client);
  const { unmount } = render(<Boundary failed={failed}><Root client={client} /></Boundary>, {
    // In this mode ink hands over each frame as a whole, and moves no cursor. What it uses of a stream is all there.
    stdout: frames as unknown as NodeJS.WriteStream, stdin, debug: true, exitOnCtrlC: false, patchConsole: false,
  });
  return () => {
    frames.closed = true;
    unmount();
  };
}

/** What ink takes for the terminal. */
class Frames extends EventEmitter {
  readonly isTTY = false;
  closed = false;
  readonly #painter: Painter;
  readonly #size: MountRequest['size'];
  readonly #client: FeedClient;

  constructor(painter: Painter, size: MountRequest['size'], client: FeedClient) {
    super();
    this.#painter = painter;
    this.#size = size;
    this.#client = client;
  }

  get columns(): number {
    return this.#size().columns;
  }

  write(frame: string): boolean {
    if (!this.closed && this.#fits()) this.#painter.paint(frame);
    return true;
  }

  /** A frame that was made for the size before would be broken into lines anew by the terminal. */
  #fits(): boolean {
    const { snapshot } = this.#client;
    const { columns, rows } = this.#size();
    return snapshot === undefined || (snapshot.columns === columns && snapshot.rows === rows);
  }
}

interface BoundaryProps {
  readonly failed: (error: unknown) => void;
  readonly children: ReactNode;
}

class Boundary extends Component<BoundaryProps, { readonly broken: boolean }> {
  override readonly state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(error: unknown): void {
    // Not while React is still at it.
    setImmediate(this.props.failed, error);
  }

  override render(): ReactNode {
    return this.state.broken ? null : this.props.children;
  }
}

function Root({ client }: { readonly client: FeedClient }): ReactNode {
  const snapshot = useSyncExternalStore(
    (changed) => client.subscribe(changed),
    () => client.snapshot,
  );
  useInput((input, key) => {
    for (const name of namesOfKeys(input, key)) client.say({ kind: 'key', key: name });
  });
  return <App snapshot={snapshot} />;
}
