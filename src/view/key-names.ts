import type { Key } from 'ink';

/** What the state of the view calls keys: characters by themselves, others by a name. Text that was pasted is several keys. */
export function namesOfKeys(input: string, key: Key): string[] {
  const special = nameOf(key);
  if (special !== undefined) return [special];
  if (key.ctrl) return [`ctrl-${input}`];
  // Escape and what came right after it look like one key.
  if (key.meta) return ['escape', ...namesOfKeys(input, { ...key, meta: false })];
  return Array.from(input, (character) => CHARACTERS[character] ?? character);
}

const CHARACTERS: Readonly<Record<string, string>> = {
  ' ': 'space', '\r': 'enter', '\n': 'enter', '\t': 'tab', '\u001a': 'ctrl-z', '\u0003': 'ctrl-c', '\u007f': 'backspace',
};

function nameOf(key: Key): string | undefined {
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.leftArrow) return 'left';
  if (key.rightArrow) return 'right';
  if (key.pageUp) return 'page-up';
  if (key.pageDown) return 'page-down';
  if (key.home) return 'home';
  if (key.end) return 'end';
  if (key.return) return 'enter';
  if (key.escape) return 'escape';
  if (key.tab) return key.shift ? 'shift-tab' : 'tab';
  if (key.backspace || key.delete) return 'backspace';
  return undefined;
}
