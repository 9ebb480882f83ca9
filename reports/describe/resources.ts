/** Async resource types, as Node names them, in plain words. */
const WORDS: Readonly<Record<string, string>> = {
  Timeout: 'timer',
  Immediate: 'immediate',
  TickObject: 'next tick',
  Microtask: 'microtask',
  HTTPINCOMINGMESSAGE: 'HTTP request',
  HTTPCLIENTREQUEST: 'HTTP response',
  HTTP2SESSION: 'HTTP/2 session',
  HTTP2STREAM: 'HTTP/2 stream',
  TCPSERVERWRAP: 'connection',
  PIPESERVERWRAP: 'connection',
  TCPCONNECTWRAP: 'outgoing connection',
  PIPECONNECTWRAP: 'outgoing connection',
  TCPWRAP: 'socket',
  TLSWRAP: 'TLS socket',
  UDPWRAP: 'UDP socket',
  PIPEWRAP: 'pipe',
  TTYWRAP: 'terminal',
  PROCESSWRAP: 'child process',
  WORKER: 'worker',
  MESSAGEPORT: 'message port',
  SIGNALWRAP: 'signal handler',
  FSREQCALLBACK: 'file operation',
  FSREQPROMISE: 'file operation',
  FILEHANDLE: 'file operation',
  FSEVENTWRAP: 'file watcher',
  STATWATCHER: 'file watcher',
  GETADDRINFOREQWRAP: 'name lookup',
  QUERYWRAP: 'name lookup',
  RANDOMBYTESREQUEST: 'crypto operation',
  PBKDF2REQUEST: 'crypto operation',
  SCRYPTREQUEST: 'crypto operation',
  ZLIB: 'compression',
  SHUTDOWNWRAP: 'socket shutdown',
  WRITEWRAP: 'socket write',
  PROMISE: 'promise callback',
  FinalizationRegistry: 'finalization callback',
};

/** A type without a word of its own is named as it is. */
export function nameResource(type: string | undefined): string {
  if (type === undefined || type === '') return 'callback';
  return Object.hasOwn(WORDS, type) ? (WORDS[type] ?? type) : type;
}
