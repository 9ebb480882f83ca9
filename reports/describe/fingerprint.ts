/** The name of a finding that outlives edits: no line, no id, no time goes into it. */

/** Ids that a program puts into its names: `request 17`, a UUID, a hash. */
const VARIABLE = /[0-9a-f]{8}-[0-9a-f-]{27}|\b(?=[a-z]*\d)[0-9a-f]{7,}\b|\d+/gi;

/** 16 hexadecimal digits. */
export function fingerprint(parts: readonly string[]): string {
  return digest(parts.map((part) => part.replace(VARIABLE, '#')).join('\n'));
}

/** 16 hexadecimal digits. */
export function digest(text: string): string {
  return hash(text, 0x811c9dc5) + hash(text, 0x2f0b4c47);
}

/** FNV-1a with a mixing step, 32 bits. */
function hash(text: string, seed: number): string {
  let value = seed;
  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return ((value ^ (value >>> 13)) >>> 0).toString(16).padStart(8, '0');
}
