/** RULES.md and `scope-trace explain`, both from the rules' own help. */
import { importOf, REMEDIES } from './cures/cure.ts';
import { cures } from './cures/index.ts';
import type { Family, Rule } from './rule.ts';
import { findRule, rules } from './rules/index.ts';

const FAMILIES: Readonly<Record<Family, string>> = {
  structure: 'Structure',
  leaks: 'Leaks',
  cancellation: 'Cancellation',
  hangs: 'Hangs',
};

/** The whole of RULES.md. */
export function createRulesDocument(): string {
  const families = (Object.keys(FAMILIES) as Family[]).flatMap((family) => {
    const own = rules.filter((rule) => rule.family === family);
    return own.length === 0 ? [] : [`## ${FAMILIES[family]}`, ...own.map(documentRule)].join('\n\n');
  });
  return `${[INTRODUCTION, tableOfRules(), ...families].join('\n\n')}\n`;
}

const INTRODUCTION = `# Rules

<!-- Generated from reports/rules by \`npm run docs\`: change the rules, not this file. -->

A **violation** is broken structure; a **leak** is something alive, or left undone, after its scope.
A rule speaks only when it is sure which tasks are involved. What it could not judge is counted and
shown at the end of the summary.

\`scope-trace explain <rule>\` prints the same text in the terminal.`;

function tableOfRules(): string {
  const rows = rules.map((rule) => `| [${rule.id}](#${rule.id}) | ${rule.severity} | ${rule.title} |`);
  return ['| Rule | Severity | Meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function documentRule(rule: Rule): string {
  const { what, why, cause, remedy, bad, good } = rule.help;
  return [
    `### ${rule.id}`,
    `*${rule.severity}*: ${rule.title}.`,
    what,
    `**Why it matters.** ${why}`,
    `**Likely cause.** ${cause}`,
    `**Remedy.** ${remedy}`,
    'Instead of',
    fence(bad),
    'write',
    fence(good),
    ...documentCure(rule),
  ].join('\n\n');
}

/** The cure with a remedy, where there is one. */
function documentCure({ id }: Rule): string[] {
  const cure = cures[id]?.general;
  if (cure === undefined) return [];
  return [`With \`${REMEDIES}\`, instead of`, fence(cure.before), 'write', fence(`${importOf(cure.remedies)}\n\n${cure.after}`)];
}

function fence(code: string): string {
  return `\`\`\`js\n${code}\n\`\`\``;
}

/** Plain text for the terminal, one paragraph a line; `undefined` for an unknown rule. */
export function explainRule(id: string): string | undefined {
  const rule = findRule(id);
  if (rule === undefined) return undefined;
  const { what, why, cause, remedy, bad, good } = rule.help;
  const parts = [
    `${rule.id} (${rule.severity}): ${rule.title}`,
    what,
    `Why it matters: ${why}`,
    `Likely cause: ${cause}`,
    `Remedy: ${remedy}`,
    `Instead of\n\n${indent(bad)}`,
    `write\n\n${indent(good)}`,
    ...explainCure(rule),
  ];
  return `${parts.join('\n\n')}\n`;
}

function explainCure({ id }: Rule): string[] {
  const cure = cures[id]?.general;
  if (cure === undefined) return [];
  return [
    `With ${REMEDIES}, instead of\n\n${indent(cure.before)}`,
    `write\n\n${indent(`${importOf(cure.remedies)}\n\n${cure.after}`)}`,
  ];
}

function indent(code: string): string {
  return code.replace(/^(?=.)/gm, '    ');
}
