import { once } from 'node:events';
import WebSocket from 'ws';
import { Session } from './session.ts';

/** A script with long lines comes in one message. */
const LARGEST_MESSAGE = 2 ** 30;
const CONNECT_WITHIN_MS = 5000;
/** For each question. */
const MOST_NUDGES = 4;

/** The conversation with the main thread of a program. */
export class Connection extends Session {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    super(MOST_NUDGES);
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.receive(data.toString('utf8'));
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
    return this.#socket.isPaused;
  }

  /** Whoever sends faster than we read waits meanwhile. */
  hold(on: boolean): void {
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
