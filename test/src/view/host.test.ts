import { describe, expect, test } from 'vitest';
import type { Ending } from '../../../src/exit-codes.ts';
import { openHost } from '../../../src/view/host/host.ts';
import { drawRegion, openRegion } from '../../../src/view/host/region.ts';
import type { HostOptions } from '../../../src/view/host/host.ts';
import type { Size, StartHosted } from '../../../src/view/host/pseudo-terminal.ts';
import { Emulator } from '../../support/emulator.ts';

const HEIGHT = 2;
const VIEW = ['-- the view --', 'Ctrl-]'];

interface Stage {
  readonly emulator: Emulator;
  /** What the program writes. */
  readonly says: (text: string | Uint8Array) => Promise<void>;
  readonly types: (text: string) => void;
  /** What reached the program. */
  readonly typed: string[];
  /** The sizes of its terminal. */
  readonly sizes: Size[];
  readonly resize: (size: Size) => void;
  readonly exits: () => Promise<Ending>;
  readonly print: (text: string) => Promise<void>;
  /** An error in this process that nobody caught. */
  readonly crashes: (error: unknown) => void;
  /** This process ends all the same. */
  readonly leaves: () => void;
  readonly hangsUp: () => void;
}

function stage(size: Size, options: Partial<HostOptions> = {}): Stage {
  const emulator = new Emulator(size);
  const typed: string[] = [];
  const sizes: Size[] = [];
  let now = size;
  let resized: () => void = () => undefined;
  let take: (bytes: Uint8Array) => void = () => undefined;
  let written: (bytes: Uint8Array) => void = () => undefined;
  let crash: (error: unknown) => void = () => undefined;
  let leave: () => void = () => undefined;
  const gone = new AbortController();
  const { promise: ended, resolve: end } = withResolvers<Ending>();
  const start: StartHosted = (hosted) => {
    written = hosted.written;
    sizes.push(hosted.size);
    return {
      pid: 1,
      ended,
      kill: () => true,
      type: (bytes) => void typed.push(Buffer.from(bytes).toString()),
      resize: (one) => void sizes.push(one),
      pause: () => undefined,
      resume: () => undefined,
    };
  };
  const host = openHost({
    command: ['program'],
    environment: {},
    terminal: {
      size: () => now,
      write: (bytes) => { emulator.write(bytes); },
      take: (taker) => (take = taker),
      release: () => (take = () => undefined),
      gone: gone.signal,
      onResize: (listener) => {
        resized = listener;
        return () => (resized = () => undefined);
      },
      guard: (ending, crashed) => {
        crash = crashed;
        leave = ending;
        return () => undefined;
      },
      suspend: () => undefined,
    },
    start,
    height: HEIGHT,
    drawLines: () => VIEW,
    failed: (error) => { throw error; },
    ...options,
  });
  return {
    emulator,
    says: async (text) => {
      written(typeof text === 'string' ? Buffer.from(text) : text);
      await host.write('');
    },
    types: (text) => { take(Buffer.from(text)); },
    typed,
    sizes,
    resize: (one) => {
      now = one;
      emulator.resize(one);
      resized();
    },
    exits: () => {
      end({ code: 0, signal: null });
      return host.ended;
    },
    print: host.write,
    crashes: (error) => { crash(error); },
    leaves: () => { leave(); },
    hangsUp: () => { gone.abort(); },
  };
}

function withResolvers<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => (resolve = settle));
  return { promise, resolve };
}

test('what is prepared for our being killed gives the rows back, or leaves the screens', async () => {
  let words = '';
  const lastWords = (text: string): void => void (words = text);
  const { says, types, resize, exits } = stage({ columns: 40, rows: 12 }, { lastWords, openScreens: () => new Promise((resolve) => setImmediate(resolve)) });
  await says('one\r\n');
  resize({ columns: 40, rows: 14 });
  const killed = new Emulator({ columns: 40, rows: 14 });
  const lines = Array.from({ length: 14 }, (_, line) => `line ${line + 1}`);
  const region = { rows: 14, height: HEIGHT };
  killed.write(Buffer.from(openRegion(region) + drawRegion(region, VIEW, true) + words + lines.join('\r\n')));
  expect(await killed.screen()).toEqual(lines);
  types('\x1d');
  expect(words).toBe('\x1b[?25h\x1b[?1049l');
  await new Promise((resolve) => setTimeout(resolve));
  await says('\x1b[?1049h');
  expect(words).toContain('\x1b[?47l');
  await exits();
  expect(words).toBe('');
});

describe('a program above the view', () => {
  test('has a terminal of fewer rows, and all that it writes stays in the scrollback', async () => {
    const { emulator, says, sizes } = stage({ columns: 40, rows: 12 });
    for (let line = 1; line <= 30; line++) await says(`line ${line}\r\n`);
    expect(sizes).toEqual([{ columns: 40, rows: 10 }]);
    expect((await emulator.lines()).filter((line) => line.startsWith('line'))).toEqual(
      Array.from({ length: 30 }, (_, line) => `line ${line + 1}`),
    );
    expect((await emulator.screen()).slice(-2)).toEqual(VIEW);
  });

  test('leaves nothing of the view behind at its end', async () => {
    const { emulator, says, exits } = stage({ columns: 40, rows: 12 });
    await says('one\r\ntwo');
    await exits();
    expect(await emulator.screen()).toEqual(['one', 'two', ...Array.from({ length: 10 }, () => '')]);
    expect(await emulator.cursor()).toEqual({ x: 3, y: 1 });
  });

  test('gets every key but the one that opens the view', async () => {
    let opened = 0;
    const { types, typed, emulator } = stage(
      { columns: 40, rows: 12 },
      { openScreens: () => { opened++; return Promise.resolve(); } },
    );
    for (const keys of ['q', '\x03', '\x1b[A', 'text\x1d', '\x1d']) types(keys);
    expect(typed).toEqual(['q', '\x03', '\x1b[A', 'text\x1d']);
    expect(opened).toBe(1);
    await emulator.shows('the view');
  });

  test('is not heard while the screens are open, and nothing of it is lost', async () => {
    const { promise: closed, resolve: close } = withResolvers<undefined>();
    const { emulator, says, types, exits } = stage({ columns: 40, rows: 12 }, { openScreens: () => closed });
    await says('before\r\n');
    types('\x1d');
    for (let line = 1; line <= 5; line++) await says(`meanwhile ${line}\r\n`);
    expect((await emulator.lines()).join('\n')).not.toContain('meanwhile');
    const over = exits();
    close(undefined);
    await over;
    expect((await emulator.screen()).slice(0, 6)).toEqual(['before', ...Array.from({ length: 5 }, (_, line) => `meanwhile ${line + 1}`)]);
  });

  test('is not waited for by screens that nobody sees any more', async () => {
    const { types, hangsUp, exits } = stage(
      { columns: 40, rows: 12 },
      { openScreens: (gone) => new Promise((resolve) => { gone.addEventListener('abort', () => { resolve(); }); }) },
    );
    types('\x1d');
    hangsUp();
    expect(await exits()).toEqual({ code: 0, signal: null });
  });

  test('has the whole terminal after the screens, when that has become too small meanwhile', async () => {
    const { promise: closed, resolve: close } = withResolvers<undefined>();
    const { types, resize, sizes, exits, emulator, says } = stage({ columns: 40, rows: 14 }, { openScreens: () => closed });
    types('\x1d');
    resize({ columns: 40, rows: 8 });
    close(undefined);
    await says('text');
    await exits();
    expect(sizes.at(-1)).toEqual({ columns: 40, rows: 8 });
    expect((await emulator.lines()).filter((line) => line !== '')).toEqual(['text']);
  });

  test('that draws for itself gets the whole terminal, from the very sequence on', async () => {
    const { emulator, says, sizes, types, typed } = stage({ columns: 40, rows: 12 });
    await says('before\r\n\x1b[?10');
    await says('49h\x1b[12;1Hits own last row');
    expect(sizes.at(-1)).toEqual({ columns: 40, rows: 12 });
    expect((await emulator.screen())[11]).toBe('its own last row');
    await says('\x1b[?1049l');
    expect((await emulator.screen())[0]).toBe('before');
    expect((await emulator.screen()).join('')).not.toContain('the view');
    types('\x1d');
    expect(typed).toEqual(['\x1d']);
  });

  test('and leaves behind margins of the size that it was told of first, leaves none', async () => {
    const { emulator, says, exits } = stage({ columns: 40, rows: 12 });
    await says('before\r\n\x1b[?1049h\x1b[1;10r\x1b[?1049l');
    await exits();
    expect(await emulator.cursor()).toEqual({ x: 0, y: 1 });
    emulator.write(Buffer.from('\x1b[12;1Hthe last row scrolls again\n'));
    expect((await emulator.screen()).slice(-2)).toEqual(['the last row scrolls again', '']);
  });

  test('erases the screen, and the view is there again', async () => {
    const { emulator, says } = stage({ columns: 40, rows: 12 });
    await says('old\r\n\x1b[2J\x1b[Hnew');
    expect(await emulator.screen()).toEqual(['new', ...Array.from({ length: 9 }, () => ''), ...VIEW]);
    // Some terminals keep in the scrollback what was on the screen.
    const kept = (await emulator.lines()).slice(0, -12);
    expect(kept).toContain('old');
    expect(kept.join('\n')).not.toContain(VIEW[0]);
  });

  test('keeps its lines when the terminal changes its size, and the view is at the bottom', async () => {
    const { emulator, says, resize, sizes } = stage({ columns: 40, rows: 14 });
    for (let line = 1; line <= 8; line++) await says(`line ${line}\r\n`);
    for (const size of [{ columns: 50, rows: 20 }, { columns: 40, rows: 13 }]) {
      resize(size);
      await says('');
      expect(sizes.at(-1)).toEqual({ ...size, rows: size.rows - HEIGHT });
      expect((await emulator.screen()).slice(-2)).toEqual(VIEW);
    }
    resize({ columns: 40, rows: 8 });
    await says('last');
    expect((await emulator.lines()).filter((line) => line !== '')).toEqual([
      ...Array.from({ length: 8 }, (_, line) => `line ${line + 1}`),
      'last',
    ]);
    expect(sizes.at(-1)).toEqual({ columns: 40, rows: 8 });
  });

  test('goes on when the view fails', async () => {
    const failures: unknown[] = [];
    const { emulator, says } = stage(
      { columns: 40, rows: 12 },
      { drawLines: () => { throw new Error('expected'); }, failed: (error) => void failures.push(error) },
    );
    await says('text');
    expect(failures).toEqual([new Error('expected')]);
    expect((await emulator.screen())[0]).toBe('text');
  });

  test('goes on when something of ours crashes, and has the whole terminal', async () => {
    const failures: unknown[] = [];
    const { emulator, says, crashes, sizes } = stage({ columns: 40, rows: 12 }, { failed: (error) => void failures.push(error) });
    await says('one\r\n');
    crashes(new Error('expected'));
    await says('two\r\n');
    expect(failures).toEqual([new Error('expected')]);
    expect(sizes.at(-1)).toEqual({ columns: 40, rows: 12 });
    expect(await emulator.screen()).toEqual(['one', 'two', ...Array.from({ length: 10 }, () => '')]);
  });

  test.each([
    ['something of ours crashes', ({ crashes }: Stage) => { crashes(new Error('expected')); }],
    ['the terminal becomes too small', ({ resize }: Stage) => { resize({ columns: 40, rows: 8 }); }],
  ])('has its sequences whole and once when %s in the middle of one', async (_, happens) => {
    const all = stage({ columns: 40, rows: 12 }, { failed: () => undefined });
    await all.says('text\x1b[3');
    happens(all);
    await all.says('1mred');
    await all.exits();
    all.emulator.write(Buffer.from('1m'));
    expect((await all.emulator.lines()).join('')).toBe('textred1m');
  });

  test('leaves the terminal as it was when this process ends before it', async () => {
    const { emulator, says, leaves } = stage({ columns: 40, rows: 12 });
    await says('one\r\n');
    leaves();
    emulator.write(Buffer.from('\x1b[12;1Hthe last row scrolls again\n'));
    expect((await emulator.screen()).slice(-2)).toEqual(['the last row scrolls again', '']);
  });

  test('a note of ours stands among its lines', async () => {
    const { emulator, says, print } = stage({ columns: 40, rows: 12 });
    await says('one\r\n');
    await print('a note\nof two lines\n');
    await says('two\r\n');
    expect((await emulator.screen()).slice(0, 4)).toEqual(['one', 'a note', 'of two lines', 'two']);
  });

  test.each(Array.from({ length: 25 }, (_, seed) => seed + 1))('looks as it would alone, whatever it writes (seed %i)', async (seed) => {
    const size = { columns: 40, rows: 14 };
    const { emulator, says } = stage(size);
    const alone = new Emulator({ columns: size.columns, rows: size.rows - HEIGHT });
    const random = createRandom(seed);
    const text = Buffer.from(`${Array.from({ length: 120 }, () => piece(random)).join('')}\r`);
    for (let at = 0; at < text.length; ) {
      const bytes = text.subarray(at, (at += 1 + Math.floor(random() * 40)));
      alone.write(bytes);
      await says(bytes);
    }
    const [shown, expected] = [await emulator.screen(), await alone.screen()];
    expect(shown.slice(0, -HEIGHT)).toEqual(expected);
    expect(shown.slice(-HEIGHT)).toEqual(VIEW);
    expect(await emulator.cursor()).toEqual(await alone.cursor());
  });
});

/** Something that programs write, and that leaves the terminal to the view. */
function piece(random: () => number): string {
  const number = (most: number): number => 1 + Math.floor(random() * most);
  const pieces = [
    () => 'word '.repeat(number(12)),
    () => '\r\n',
    () => `\x1b[${30 + number(7)}m`,
    () => '\r',
    () => `\x1b[${number(3)}A`,
    () => `\x1b[${number(3)}B`,
    () => '\x1b[K',
    () => '\x1b[2K',
    () => `\x1b[${number(12)};${number(40)}H`,
    () => '漢字'.repeat(number(8)),
    () => '\x1b[J',
    () => '\x1b[?25l…\x1b[?25h',
    () => '\x1b]0;title\x07',
    () => `\x1b[${number(2)}L`,
    () => '\t',
    () => '\x1bM',
  ];
  return pieces[Math.floor(random() * pieces.length)]?.() ?? '';
}

/** @see {@link https://en.wikipedia.org/wiki/Lehmer_random_number_generator} */
function createRandom(seed: number): () => number {
  let state = seed * 7919;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
