/**
 * The value of `NODE_OPTIONS` that loads `preload` before everything else that it names.
 *
 * Ours stands first for two reasons: what the user preloads is part of the program and is to be
 * seen, and a value that Node refuses (an open quote at its end) is refused in the same way.
 *
 * @param preload - absolute path
 * @param existing - the user's own value, left as it is
 * @param more - options of ours without a value that needs quotes
 */
export function withPreload(preload: string, existing: string | undefined, ...more: readonly string[]): string {
  const ours = [`--require ${quote(preload)}`, ...more].join(' ');
  return existing === undefined || existing.trim() === '' ? ours : `${ours} ${existing}`;
}

/**
 * Quotes one word as Node reads it: between double quotes a backslash takes the next character
 * as it is, and nothing else is special.
 *
 * @see {@link https://github.com/nodejs/node/blob/v20.20.2/src/node_options.cc | ParseNodeOptionsEnvVar}
 */
function quote(word: string): string {
  return `"${word.replace(/["\\]/g, String.raw`\$&`)}"`;
}
