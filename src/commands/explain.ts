import { explainRule, rules, wrap } from '../../reports/index.ts';
import { EXIT } from '../exit-codes.ts';
import { nearest } from '../nearest.ts';
import { Problem } from '../problem.ts';
import { openScreen } from '../screen.ts';

/**
 * Prints on standard output what a rule finds, why it matters and what to do.
 *
 * @returns the exit code
 * @throws {Problem} when there is no such rule
 */
export async function explain(id: string, color: boolean | undefined): Promise<number> {
  const text = explainRule(id);
  if (text === undefined) throw unknownRule(id);
  const { style, width, write } = openScreen(process.stdout, color);
  const [title = '', ...paragraphs] = text.split('\n');
  const lines = paragraphs.flatMap((line) => (line === '' || line.startsWith(' ') ? [line] : wrap(line, width)));
  await write([style.bold(title), ...lines].join('\n'));
  return EXIT.success;
}

function unknownRule(id: string): Problem {
  const ids = rules.map((rule) => rule.id);
  const near = nearest(id, ids);
  const hint = near === undefined ? `The rules are: ${ids.join(', ')}.` : `Did you mean ${near}?`;
  return new Problem(`There is no rule ${JSON.stringify(id)}. ${hint}`, EXIT.usage);
}
