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
  return text
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
  return `${ticks}${language}\n${code}\n${ticks}`;
}
