/** Text that a user's program has named, put where some characters mean something. */

/** Characters that XML 1.0 has no way to write. */
// eslint-disable-next-line no-control-regex
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Without characters that a terminal would obey, or a file could not hold. */
export function withoutControls(text: string): string {
  return text.replaceAll(NOT_IN_XML, '\ufffd');
}

/** For text and attributes of XML and HTML. */
export function escapeMarkup(text: string): string {
  return withoutControls(text).replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}

/** For an attribute of XML, where line ends would become blanks. */
export function escapeAttribute(text: string): string {
  return escapeMarkup(text).replaceAll('\n', '&#10;').replaceAll('\r', '&#13;').replaceAll('\t', '&#9;');
}

/** For a paragraph of Markdown as GitHub and GitLab render it: no mark, link, mention or tag of it works. */
export function escapeMarkdown(text: string): string {
  return withoutTurns(text)
    .replaceAll(NOT_IN_XML, '\ufffd')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>()#+!|~$&]/g, (letter) => (letter === '<' || letter === '>' || letter === '&' ? (ENTITIES[letter] ?? '') : `\\${letter}`))
    .replaceAll('@', '@\u200b')
    .replaceAll(/\b(https?|www)\b/g, '$1\u200b');
}

/** Source code in Markdown: a fence longer than any in it. */
export function fence(code: string, language: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${withoutTurns(code)}\n${ticks}`;
}

/** What nobody sees, or what turns the text around it: characters without a width, marks of direction, controls, separators. */
const UNSEEN =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/g;

/** `admin⟨U+202E⟩`: a name as it is, and not as it wants to look. */
export function makeVisible(text: string): string {
  return text.replace(UNSEEN, (letter) => `⟨U+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

/** What turns text around. Programs that show reports for people may do as it says. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Only marks of direction, which is all that a reader could be deceived with in plain text. */
export function withoutTurns(text: string): string {
  return text.replace(TURNING, makeVisible);
}
