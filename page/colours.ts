/** The colours of the page's style sheet, for the canvas. */
const NAMES = ['text', 'dim', 'line', 'back', 'raised', 'life', 'scope', 'scope-text', 'violation', 'leak', 'info', 'spawn', 'join', 'abort', 'select'] as const;

export type Colours = Readonly<Record<(typeof NAMES)[number], string>>;

export function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Colours;
}
