const FIRST_WIDE = 0x1100;
/** From the radicals of Chinese on, nearly all is wide. */
const MOSTLY_WIDE = 0x2e80;
const EMOJI = /^\p{Emoji_Presentation}/u;

/** How many columns of a terminal a text takes at most. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character) ? 2 : 1;
  return width;
}

/** When in doubt it is: what is cut off too early harms nobody. */
function isWide(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < FIRST_WIDE) return false;
  return code >= MOSTLY_WIDE || code < 0x1160 || EMOJI.test(character);
}
