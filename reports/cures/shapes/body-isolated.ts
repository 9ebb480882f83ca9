/** The body of an async function that enters a context: isolated, so that the context ends with it. */
import { mentions, textAt } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { indent, semicolonOf } from '../layout.ts';
import { functionAround, statementAround } from '../statements.ts';
import { bodyOf } from './body.ts';
import { replace } from './replace.ts';

const RETURN: ReadonlySet<string> = new Set(['return']);
const AWAIT: ReadonlySet<string> = new Set(['await']);

/** For the place of `storage.enterWith(…)`. */
export function bodyIsolated({ code, at }: Spot): Cure | undefined {
  const around = functionAround(code, at);
  const statement = statementAround(code, at);
  if (around?.isAsync !== true || around.isGenerator || around.name === undefined || statement === undefined) return undefined;
  const body = bodyOf(code, around);
  if (body === undefined || textAt(code, at) !== 'enterWith') return undefined;
  // One that only enters a context does so for its caller.
  if (!mentions(code, statement.to + 1, body.to, AWAIT)) return undefined;
  const replaced = replace(code, body, statement, { from: statement.from, to: statement.from, text: textAt(code, statement.from) });
  if (replaced === undefined) return undefined;
  const head = mentions(code, body.from, body.to, RETURN) ? 'return await' : 'await';
  const where = replaced.isWhole ? [] : [`\`isolate\` goes around the whole body of \`${around.name}\`.`];
  return {
    remedy: 'isolate',
    before: replaced.before.join('\n'),
    after: [`${head} isolate('${around.name.replace('#', '')}', async () => {`, ...indent(replaced.after), `})${semicolonOf(code, statement)}`].join('\n'),
    note: [...where, `The context then ends with \`${around.name}\`, also for its caller.`].join(' '),
  };
}
