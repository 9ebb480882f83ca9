/** HTML that is made of text: what is put into it is escaped, and never markup. */
import { escapeMarkup } from '../escape.ts';

export interface Markup {
  readonly markup: string;
}

type Value = string | number | Markup | readonly Markup[] | undefined;

/** A template in which every value is escaped that is no markup itself. Absent values are empty. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: parts.reduce((text, part, at) => `${text}${write(values[at - 1])}${part}`) };
}

function write(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeMarkup(makeVisible(value));
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return (value as readonly Markup[]).map(({ markup }) => markup).join('');
  return (value as Markup).markup;
}

export const nothing: Markup = { markup: '' };

/** What nobody sees, or what turns the text around it: characters without a width, marks of direction, controls, separators. */
const UNSEEN =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/g;

/** `admin⟨U+202E⟩`: a name as it is, and not as it wants to look. */
export function makeVisible(text: string): string {
  return text.replace(UNSEEN, (letter) => `⟨U+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}
