/** Plain text, broken to a width. Marks are put on afterwards, so that they never count. */

/** Breaks between words; a word longer than the width stays whole. At least one line. */
export function wrap(text: string, width: number): string[] {
  return wrapParts(text.split(' '), ' ', width);
}

/** Breaks a list before its separators: `a › b` becomes `a` and `› b`. */
export function wrapPath(parts: readonly string[], width: number): string[] {
  return wrapParts(
    parts.map((part, at) => (at === 0 ? part : `› ${part}`)),
    ' ',
    width,
  );
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
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** Names come from the program: what would move the cursor or colour the terminal is made visible. */
export function sanitize(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd').replace(/\n/g, ' ');
}
