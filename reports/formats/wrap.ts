/** Plain text, broken to a width. Marks are put on afterwards, so that they never count. */

/** Breaks between words; a word longer than the width stays whole. At least one line. */
export function wrap(text: string, width: number): string[] {
  return wrapParts(text.split(' '), ' ', width);
}

/**
 * Breaks a list before its separators: `a › b` becomes `a` and `› b`. A part that is longer than
 * the width is broken between its words.
 */
export function wrapPath(parts: readonly string[], width: number): string[] {
  const lines = wrapParts(
    parts.map((part, at) => (at === 0 ? part : `› ${part}`)),
    ' ',
    width,
  );
  return lines.flatMap((line) => (line.length <= width ? [line] : breakStep(line, width)));
}

/** What goes on stands below the words, not below the separator. */
function breakStep(step: string, width: number): string[] {
  const lead = step.startsWith('› ') ? 2 : 0;
  const lines = wrap(step.slice(lead), width - 2);
  return lines.map((line, at) => (at === 0 ? `${step.slice(0, lead)}${line}` : `  ${line}`));
}

function wrapParts(parts: readonly string[], glue: string, width: number): string[] {
  const lines: string[] = [];
  let line: string | undefined;
  for (const part of parts) {
    if (line === undefined) line = part;
    else if (line.length + glue.length + part.length <= width) line += glue + part;
    else {
      lines.push(line);
      line = part;
    }
  }
  return [...lines, line ?? ''];
}

/** Cuts a line that is too long, and shows that it did. */
export function clip(text: string, width: number): string {
  if (text.length <= width) return text;
  // Half of a pair of surrogates is no character.
  return `${text.slice(0, Math.max(0, width - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}

/**
 * What would move the cursor or colour the terminal (control characters), turn the line around or
 * end it (marks of direction, separators), or hide (characters without a width).
 */
const UNSEEN =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Names come from the program: what a person would not see as it is, is made visible. */
export function sanitize(text: string): string {
  return text.replace(UNSEEN, '\ufffd').replace(/[\t\n]/g, ' ');
}
