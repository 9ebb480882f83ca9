/** Patterns that users write: of names, and of files. */

const cache = new Map<string, RegExp>();

function compiled(key: string, make: () => string): RegExp {
  let known = cache.get(key);
  if (known === undefined) cache.set(key, (known = new RegExp(`^${make()}$`, 'su')));
  return known;
}

/** `*` stands for any text. */
export function matchesName(pattern: string, name: string): boolean {
  return compiled(`name ${pattern}`, () => pattern.split(/\*+/).map(escape).join('.*')).test(name);
}

/**
 * A glob: `**` any folders, `*` and `?` within one name, `{a,b}` either. One without a slash is a file's name in
 * any folder.
 */
export function matchesFile(pattern: string, file: string): boolean {
  const glob = pattern.replace(/^\.\//, '').replaceAll(/(?:\*\*\/)+/g, '**/');
  const path = file.replaceAll('\\', '/').replace(/^\.\//, '');
  return compiled(`file ${glob}`, () => (glob.includes('/') ? '' : '(?:.*/)?') + toRegExp(glob)).test(path);
}

const TOKENS = /\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[^*?{]+|\{/gs;

function toRegExp(glob: string): string {
  return (glob.match(TOKENS) ?? []).map(translate).join('');
}

function translate(token: string): string {
  if (token === '**/') return '(?:.*/)?';
  if (token === '**') return '.*';
  if (token === '*') return '[^/]*';
  if (token === '?') return '[^/]';
  if (token.startsWith('{') && token.length > 1) return `(?:${token.slice(1, -1).split(',').map(toRegExp).join('|')})`;
  return escape(token);
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
