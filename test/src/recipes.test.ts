/** The recipes say what the command understands. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../../reports/index.ts';
import { parseOptions } from '../../src/options.ts';

const text = readFileSync(new URL('../../docs/recipes.md', import.meta.url), 'utf8');
const RULES = rules.map(({ id }) => id);

/** Commands of the code blocks, with those that YAML folds in one line. */
function commandsIn(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/```(?:yaml|groovy)\n([^]*?)```/g)].map(([, block = '']) => block.replaceAll(/\n\s+(?=--|npx scope-trace\n)/g, ' '));
  return blocks.flatMap((block) => [...block.matchAll(/npx scope-trace ([^\n']*)/g)].map(([, rest = '']) => rest.trim()));
}

test('every command can be understood', () => {
  const commands = commandsIn(text);
  expect(commands).toHaveLength(7);
  for (const command of commands) {
    const args = command.replaceAll(/\$\{\{.*?\}\}|\$\w+/g, '1').split(/\s+/);
    const { kind } = parseOptions(args, RULES);
    expect(kind, command).toBe(args[0] === 'merge' ? 'merge' : 'run');
  }
});
