/** What the comments of a test program say, as `test/programs/README.md` describes them. */

/** `mark('label', …) // task alias, …` */
export interface TaskExpectation {
  /** From 1. */
  readonly line: number;
  readonly label: string;
  /** May end with `*`, which stands for the first word after the label. */
  readonly alias: string;
  readonly spawnedBy?: string;
  readonly joinedBy?: string;
  readonly notJoined: boolean;
  readonly origin?: string;
  readonly mayBeInferred: boolean;
  readonly inAnotherProgram: boolean;
}

/** `// expect: <rule>`, and `// with: <rule>` on other lines that the same finding must show. */
export interface FindingExpectation {
  /** From 1. */
  readonly line: number;
  readonly rule: string;
  readonly kind: 'expect' | 'with';
}

/** @throws Error when a line has a mark and no comment, or a comment that cannot be read */
export function readTaskExpectations(source: string): readonly TaskExpectation[] {
  return source.split('\n').flatMap((text, index) => {
    if (!/\bmark\(/.test(text) || text.startsWith('//')) return [];
    const label = /\bmark\(['"`]([^'"`]+)['"`]/.exec(text)?.[1];
    const comment = /\/\/ task (.+)$/.exec(text)?.[1];
    if (label === undefined || comment === undefined) {
      throw new Error(`Line ${index + 1} has a mark without a label or without "// task …": ${text.trim()}`);
    }
    return [{ line: index + 1, label, ...readClauses(comment) }];
  });
}

function readClauses(comment: string): Omit<TaskExpectation, 'line' | 'label'> {
  const [alias = '', ...clauses] = comment.trim().split(', ');
  const found: Record<string, string | boolean> = {};
  for (const clause of clauses) {
    const [, key, value] = /^(spawned by|joined by|kind) ([\w*-]+)$/.exec(clause) ?? [];
    if (key !== undefined && value !== undefined) found[key] = value;
    else if (['not joined', 'may be inferred', 'in another program'].includes(clause)) found[clause] = true;
    else throw new Error(`Unknown words in an expectation: "${clause}".`);
  }
  const text = (key: string): string | undefined => (typeof found[key] === 'string' ? found[key] : undefined);
  const spawnedBy = text('spawned by');
  const joinedBy = text('joined by');
  const origin = text('kind');
  return {
    alias,
    ...(spawnedBy === undefined ? {} : { spawnedBy }),
    ...(joinedBy === undefined ? {} : { joinedBy }),
    ...(origin === undefined ? {} : { origin }),
    notJoined: found['not joined'] === true,
    mayBeInferred: found['may be inferred'] === true,
    inAnotherProgram: found['in another program'] === true,
  };
}

export function readFindingExpectations(source: string): readonly FindingExpectation[] {
  return source.split('\n').flatMap((text, index) => {
    const [, kind, rules] = /\/\/ (expect|with): ([a-z -]+)$/.exec(text.trimEnd()) ?? [];
    if (rules === undefined || (kind !== 'expect' && kind !== 'with')) return [];
    return rules.split(' ').map((rule): FindingExpectation => ({ line: index + 1, rule, kind }));
  });
}
