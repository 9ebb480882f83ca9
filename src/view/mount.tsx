/** Puts the view on a terminal. Loaded only when one is opened: ink and React take some 100 ms and 30 MB. */
import { EventEmitter } from 'node:events';
import chalk from 'chalk';
import { render, useInput } from 'ink';
import { useSyncExternalStore, type ReactNode } from 'react';
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
}

/** Returns what takes it off again. The last frame stays where it is. */
export function mount(client: FeedClient, { stdin, painter, colors, size }: MountRequest): () => void {
  chalk.level = colors;
  const frames = new Frames(painter, size, client);
  const { unmount } = render(<Root client={client} />, {
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
