/**
 * Runs inside the program: says what an object of Node's is, of those that a task may wait for or
 * that keep the program alive. Its text is sent there, so it may use nothing from outside itself.
 *
 * Reads fields and never calls the program's code: no getters but Node's own, no proxies.
 */

/** What was seen. Absent fields are not known. */
export interface Description {
  readonly kind?: string;
  readonly class?: string;
  readonly label?: string;
  readonly detail?: string;
  readonly ref?: boolean;
  readonly timer?: { readonly delayMs: number; readonly repeats: boolean; readonly dueInMs: number };
}

/** What only the inspector's console can give. */
interface Tools {
  readonly isProxy: (value: unknown) => boolean;
  /** Time of the event loop, as timers have it. */
  readonly now: () => number;
}

export type Describe = (value: unknown) => Description;

export function makeDescriber({ isProxy, now }: Tools): Describe {
  type Fields = Readonly<Record<PropertyKey, unknown>>;

  const isObject = (value: unknown): value is object =>
    ((typeof value === 'object' && value !== null) || typeof value === 'function') && !isProxy(value);

  /** The value of a field, of the object itself or of its prototypes. */
  const read = (value: unknown, key: PropertyKey): unknown => {
    let at: unknown = value;
    for (let depth = 0; depth < 12 && isObject(at); depth++) {
      const found = Object.getOwnPropertyDescriptor(at, key);
      if (found !== undefined) return found.value;
      at = Object.getPrototypeOf(at);
    }
    return undefined;
  };
  const text = (value: unknown, key: PropertyKey): string | undefined => {
    const found = read(value, key);
    return typeof found === 'string' && found !== '' ? found : undefined;
  };
  const number = (value: unknown, key: PropertyKey): number | undefined => {
    const found = read(value, key);
    return typeof found === 'number' ? found : undefined;
  };
  const bySymbol = (value: unknown, name: string): unknown => {
    if (!isObject(value)) return undefined;
    const symbol = Object.getOwnPropertySymbols(value).find((each) => each.description === name);
    return symbol === undefined ? undefined : read(value, symbol);
  };
  const classOf = (value: unknown): string => text(read(value, 'constructor'), 'name') ?? '';

  /** Calls a method of a native handle; undefined for whatever bears its name otherwise. */
  const ask = (handle: unknown, method: string, ...args: unknown[]): unknown => {
    const found = read(handle, method);
    if (typeof found !== 'function' || isProxy(found) || !Function.prototype.toString.call(found).includes('[native code]')) return undefined;
    try {
      return Reflect.apply(found, handle, args) as unknown;
    } catch {
      return undefined;
    }
  };
  /** Of a socket it is behind a getter of Node's. */
  const handleOf = (owner: unknown): unknown => read(owner, '_handle') ?? bySymbol(owner, 'kHandle');
  const refOf = (handle: unknown): { ref?: boolean } => {
    const ref = ask(handle, 'hasRef');
    return typeof ref === 'boolean' ? { ref } : {};
  };
  const address = (handle: unknown, method: 'getpeername' | 'getsockname'): string | undefined => {
    const out: { address?: string; port?: number } = {};
    ask(handle, method, out);
    if (out.port === undefined || out.address === undefined) return undefined;
    return `${out.address.includes(':') ? `[${out.address}]` : out.address}:${out.port}`;
  };
  const join = (...parts: readonly (string | undefined)[]): { detail?: string } => {
    const known = parts.filter((part) => part !== undefined && part !== '');
    return known.length === 0 ? {} : { detail: known.join(', ') };
  };

  const describeTimer = (timer: Fields): Description => {
    const delayMs = number(timer, '_idleTimeout') ?? -1;
    const repeats = typeof read(timer, '_repeat') === 'number';
    const ref = bySymbol(timer, 'refed');
    return {
      kind: 'timer',
      label: repeats ? 'interval' : 'timer',
      ...(typeof ref === 'boolean' ? { ref } : {}),
      timer: { delayMs, repeats, dueInMs: Math.round((number(timer, '_idleStart') ?? 0) + delayMs - now()) },
    };
  };

  const describeServer = (server: Fields): Description => {
    const path = text(server, '_pipeName');
    const port = /:(\d+)$/.exec(address(read(server, '_handle'), 'getsockname') ?? text(server, '_connectionKey') ?? '')?.[1];
    const connections = number(server, '_connections') ?? 0;
    return {
      kind: 'server',
      label: path === undefined ? 'server' : 'pipe server',
      ...refOf(read(server, '_handle')),
      ...join(path ?? (port === undefined ? undefined : `port ${port}`), connections === 0 ? undefined : `${connections} connection${connections === 1 ? '' : 's'}`),
    };
  };

  /** The HTTP exchange that a socket is in. */
  const describeExchange = (socket: Fields): string | undefined => {
    const message = read(socket, '_httpMessage');
    const served = read(read(socket, 'parser'), 'incoming');
    const path = (url: string | undefined): string => (url ?? '').replace(/[?#].*$/, '');
    if (isObject(read(socket, 'server'))) {
      const method = text(served, 'method');
      return isObject(message) && method !== undefined ? `serves ${method} ${path(text(served, 'url'))}` : undefined;
    }
    const method = text(message, 'method');
    return method === undefined ? undefined : `waits for the answer to ${method} ${text(message, 'host') ?? ''}${path(text(message, 'path'))}`;
  };

  const describeSocket = (socket: Fields): Description => {
    const handle = handleOf(socket);
    const native = classOf(handle);
    const attempted = read(socket, 'autoSelectFamilyAttemptedAddresses');
    const tried = Array.isArray(attempted) && !isProxy(attempted) ? (attempted as unknown[]).at(-1) : undefined;
    const peer = address(handle, 'getpeername') ?? (typeof tried === 'string' ? tried : undefined) ?? text(socket, '_host');
    const served = isObject(read(socket, 'server'));
    const kind = native === 'TTY' ? 'terminal' : native === 'Pipe' ? 'pipe' : 'socket';
    const far = peer === undefined ? undefined : `${served ? 'from' : 'to'} ${peer}`;
    const state = read(socket, 'connecting') === true ? 'connecting' : undefined;
    const name = kind === 'terminal' || kind === 'pipe' ? standardName(number(socket, 'fd')) : undefined;
    return { kind, label: kind, ...refOf(handle), ...join(name, far, state, describeExchange(socket)) };
  };
  const standardName = (fd: number | undefined): string | undefined => {
    return fd === undefined ? undefined : ['standard input', 'standard output', 'standard error'][fd];
  };

  const describeChild = (child: Fields): Description => {
    const args = read(child, 'spawnargs');
    const words = Array.isArray(args) && !isProxy(args) ? (args as unknown[]).filter((word) => typeof word === 'string') : [];
    const command = words.join(' ');
    const pid = number(child, 'pid');
    return {
      kind: 'child-process',
      label: 'child process',
      ...refOf(read(child, '_handle')),
      ...join(pid === undefined ? undefined : `pid ${pid}`, command.length > 120 ? `${command.slice(0, 119)}…` : command),
    };
  };

  const describeStream = (stream: Fields): Description => {
    const readable = read(stream, '_readableState');
    const writable = read(stream, '_writableState');
    const waiting = number(readable, 'length') ?? 0;
    const unwritten = number(writable, 'length') ?? 0;
    const path = text(stream, 'path');
    return {
      kind: 'object',
      label: `${classOf(stream) || 'stream'} stream`,
      ...join(
        path,
        isObject(readable) ? `${waiting} to be read${read(readable, 'flowing') === true ? '' : ', nobody reads'}` : undefined,
        isObject(writable) && unwritten > 0 ? `${unwritten} to be written` : undefined,
      ),
    };
  };

  const describeRequest = (request: Fields, name: string): Description | undefined => {
    if (name === 'TCPConnectWrap' || name === 'PipeConnectWrap') {
      const port = number(request, 'port');
      return { kind: 'request', label: 'connection attempt', ...join(`${text(request, 'address') ?? ''}${port === undefined ? '' : `:${port}`}`) };
    }
    if (/^(?:GetAddrInfo|GetNameInfo|Query)ReqWrap$/.test(name)) {
      return { kind: 'dns-request', label: 'DNS request', ...join(text(request, 'hostname') ?? text(request, 'host')) };
    }
    if (/^FSReq/.test(name) || name === 'FileHandleCloseReq') return { kind: 'file-request', label: 'file request' };
    return /(?:Req|Wrap|Request|Job)$/.test(name) ? { kind: 'request', label: name } : undefined;
  };

  const describe = (value: unknown): Description => {
    if (!isObject(value)) return {};
    const fields = value as Fields;
    const name = classOf(value);
    const has = (key: string): boolean => Object.getOwnPropertyDescriptor(fields, key) !== undefined;
    const named = (description: Description): Description => ({ class: name, ...description });
    if (has('_idleTimeout') && has('_onTimeout')) return named(describeTimer(fields));
    if (has('_onImmediate')) return named({ kind: 'immediate', label: 'immediate' });
    if (has('_connectionKey') || (has('_connections') && has('_handle'))) return named(describeServer(fields));
    if (has('spawnargs') && has('spawnfile')) return named(describeChild(fields));
    if (has('_readableState') && has('connecting')) return named(describeSocket(fields));
    if (has('_readableState') || has('_writableState')) return named(describeStream(fields));
    if (name === 'Worker') {
      const thread = number(fields, 'threadId');
      return named({ kind: 'worker', label: 'worker', ...refOf(handleOf(fields)), ...join(thread === undefined ? undefined : `thread ${thread}`) });
    }
    if (name === 'MessagePort') return named({ kind: 'message-port', label: 'message port', ...refOf(fields) });
    if (name === 'FSWatcher' || name === 'StatWatcher') {
      return named({ kind: 'file-watcher', label: 'file watcher', ...refOf(read(fields, '_handle')), ...join(text(fields, 'path') ?? text(fields, 'filename')) });
    }
    const request = describeRequest(fields, name);
    if (request !== undefined) return named(request);
    const owner = bySymbol(fields, 'owner_symbol') ?? read(fields, 'owner');
    if (isObject(owner) && owner !== value) return { ...refOf(fields), ...describe(owner) };
    const kind = { Signal: 'signal', TTY: 'terminal', UDP: 'datagram-socket', TCP: 'socket', Pipe: 'pipe', Process: 'child-process' }[name];
    return named({ ...(kind === undefined ? {} : { kind, label: kind.replace('-', ' ') }), ...refOf(fields), ...join(address(fields, 'getpeername')) });
  };
  return describe;
}
