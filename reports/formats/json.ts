import type { Report } from '../report.ts';

/** The report as it is, indented, ending with a line end. */
export function formatJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** The same text, an entry of a list at a time: of very many findings it would be longer than a string may be. */
export function* piecesOfJson(report: Report): Generator<string> {
  let before = '{';
  for (const [key, value] of Object.entries(report) as [string, unknown][]) {
    if (value === undefined) continue;
    yield `${before}\n  ${JSON.stringify(key)}: `;
    before = ',';
    if (Array.isArray(value) && value.length > 0) yield* piecesOfList(value);
    else yield indent(value, '  ');
  }
  yield '\n}\n';
}

function* piecesOfList(list: readonly unknown[]): Generator<string> {
  let before = '[';
  for (const one of list) {
    yield `${before}\n    ${indent(one, '    ')}`;
    before = ',';
  }
  yield '\n  ]';
}

/** Line ends within texts are written as `\n`, so those that are there are between lines. */
function indent(value: unknown, by: string): string {
  return JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${by}`);
}
