/**
 * Sees ES modules after their evaluation. Nothing can be called between a module and its importer
 * but the module itself: a watched one gets two imports and a call behind its last line. What stands
 * before stays where it is.
 *
 * Behind it stand, too, ways to assign to the functions and classes that the module declares and exports:
 * whoever imports them sees what they are by then.
 */
import diagnostics_channel from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Undo } from '../instruments/instrument.ts';
import { undoAll } from '../instruments/patch.ts';
import { readThroughFiles } from './esm-files.ts';
import type { ModuleObserver, ReplaceExport } from './observer.ts';

/** Between a watched module and the tracker; nobody else's. */
const CHANNEL = 'scope-trace:module';

interface Loaded {
  readonly source?: unknown;
  readonly format?: unknown;
}
type NextLoad = (url: string, context: unknown) => Loaded;
interface Hooks {
  load(url: string, context: unknown, nextLoad: NextLoad): Loaded;
}
/** From Node 22.15 and 23.5: https://nodejs.org/api/module.html#moduleregisterhooksoptions */
type RegisterHooks = (hooks: Hooks) => { deregister(): void };

export function observeEsModules({ isWatched, replacedIn, tell }: ModuleObserver<object>): Undo {
  const listener = (message: unknown): void => {
    const { path, module, bindings } = message as Message;
    tell(path, module, replacer(module, bindings));
  };
  diagnostics_channel.subscribe(CHANNEL, listener);
  const unsubscribe = (): void => void diagnostics_channel.unsubscribe(CHANNEL, listener);
  return undoAll([unsubscribe, changeSources((url) => {
    const path = pathOf(url);
    return path !== undefined && isWatched(path) ? trailerFor(url, path, replacedIn(path)) : undefined;
  })]);
}

/** `trailer`: what to put behind the source of the module at a URL. Absent: it stays as it is. */
function changeSources(trailer: (url: string) => string | undefined): Undo {
  const { registerHooks } = nodeModule as { readonly registerHooks?: RegisterHooks };
  if (registerHooks === undefined) return readThroughFiles(trailer);
  const hooks = registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (loaded.format !== 'module') return loaded;
      const more = trailer(url);
      if (more === undefined) return loaded;
      const { source } = loaded;
      return { ...loaded, source: textOf(source ?? readFileSync(new URL(url))) + more };
    },
  });
  return () => {
    hooks.deregister();
  };
}

function textOf(source: unknown): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source as Uint8Array);
}

/** A module may import itself: that is how it comes by its own namespace. */
function trailerFor(url: string, path: string, names: readonly string[]): string {
  const bindings = names.filter(isBinding).map((name) => `${name}: [() => ${name}, ($scopeTraceValue) => { ${name} = $scopeTraceValue; }]`);
  return `\n;import * as $scopeTraceModule from ${JSON.stringify(url)};` +
    'import { channel as $scopeTraceChannel } from "node:diagnostics_channel";' +
    `$scopeTraceChannel(${JSON.stringify(CHANNEL)}).publish({ path: ${JSON.stringify(path)}, module: $scopeTraceModule, ` +
    `bindings: { __proto__: null, ${bindings.join(', ')} } });`;
}

const RESERVED = /^(?:arguments|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/;

/** Whether a module could have declared it; a global of that name is not the module's. */
function isBinding(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !RESERVED.test(name) && !(name in globalThis);
}

/** The module's own variables; reading and writing fail where it has none of that name, or a constant. */
type Bindings = Readonly<Record<string, readonly [read: () => unknown, write: (value: unknown) => void]>>;

interface Message {
  readonly path: string;
  readonly module: Readonly<Record<string, unknown>>;
  readonly bindings: Bindings;
}

function replacer(module: Message['module'], bindings: Bindings): ReplaceExport {
  return (name, value) => {
    try {
      const [read, write] = bindings[name] ?? [];
      const before = read?.();
      // A bundler's chunks export it under another name.
      const exported = Object.hasOwn(module, name) ? name : Object.keys(module).find((key) => module[key] === before);
      if (read === undefined || write === undefined || exported === undefined || module[exported] !== before) return false;
      write(value);
      if (module[exported] === value) return true;
      write(before);
      return false;
    } catch {
      return false;
    }
  };
}

function pathOf(url: string): string | undefined {
  if (!url.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}
