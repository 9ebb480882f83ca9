/** HTML that is made of text: what is put into it is escaped, and never markup. */
import { escapeMarkup, makeVisible } from '../escape.ts';

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

