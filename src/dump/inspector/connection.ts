import { once } from 'node:events';
import WebSocket from 'ws';
import { Session } from './session.ts';

/** A script with long lines comes in one message. */
const LARGEST_MESSAGE = 2 ** 30;
const CONNECT_WITHIN_MS = 5000;
/** For each question. */
const MOST_NUDGES = 4;

/** How Node begins and ends the message that brings a piece of a snapshot. */
const CHUNK_BEGIN = Buffer.from('{"method":"HeapProfiler.addHeapSnapshotChunk","params":{"chunk":"');
const CHUNK_END = Buffer.from('"}}');

/** The conversation with the main thread of a program. */
export class Connection extends Session {
  readonly #socket: WebSocket;
  /** Takes pieces of a snapshot as they are: the bytes between the quotes. Absent: they come as events. */
  onChunk: ((escaped: Uint8Array) => void) | undefined;

  private constructor(socket: WebSocket) {
    super(MOST_NUDGES);
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      if (this.onChunk === undefined || !isChunk(data)) {
        this.receive(data.toString('utf8'));
      } else {
        this.heard();
        this.acknowledge();
        this.onChunk(data.subarray(CHUNK_BEGIN.length, data.length - CHUNK_END.length));
      }
    });
    socket.on('close', () => {
      this.end('the connection was closed');
    });
    socket.on('error', () => undefined);
  }

  /** @throws {Error} when nobody takes the connection */
  static async open(url: string): Promise<Connection> {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: LARGEST_MESSAGE, handshakeTimeout: CONNECT_WITHIN_MS });
    await once(socket, 'open');
    return new Connection(socket);
  }

  protected write(text: string): void {
    this.#socket.send(text);
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  get isHeld(): boolean {
    if (this.#socket.isPaused) this.heard();
    return this.#socket.isPaused;
  }

  /** Whoever sends faster than we read waits meanwhile. */
  hold(on: boolean): void {
    this.heard();
    if (on) this.#socket.pause();
    else this.#socket.resume();
  }

  /** Resolves when the other side has closed too, or takes too long for it. */
  async close(withinMs = 1000): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    const timer = setTimeout(() => this.#socket.terminate(), withinMs);
    await closed;
    clearTimeout(timer);
  }
}

function isChunk(data: Buffer): boolean {
  return data.subarray(0, CHUNK_BEGIN.length).equals(CHUNK_BEGIN) && data.subarray(-CHUNK_END.length).equals(CHUNK_END);
}
