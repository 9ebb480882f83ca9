import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRulesDocument, explainRule, findRule, formats, rules } from '../../reports/index.ts';

const filesIn = (folder: string): string[] =>
  readdirSync(new URL(`../../reports/${folder}/`, import.meta.url))
    .filter((name) => name !== 'index.ts')
    .map((name) => name.replace(/\.ts$/, ''));

describe('the registry of rules', () => {
  it('holds exactly the files of its folder', () => {
    expect(rules.map((rule) => rule.id).sort()).toEqual(filesIn('rules').sort());
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s explains itself in whole sentences', (id, rule) => {
    const { what, why, cause, remedy, bad, good } = rule.help;
    for (const text of [what, why, cause, remedy]) expect(text).toMatch(/^[A-Z`].*\.$/s);
    expect(rule.title).not.toMatch(/\.$/);
    expect(bad).not.toBe(good);
    expect(findRule(id)).toBe(rule);
  });
});

describe('the rules document', () => {
  it('has a heading and both examples for each rule', () => {
    const text = createRulesDocument();
    const headings = [...text.matchAll(/^### (.*)$/gm)].map((match) => match[1]);
    expect(headings).toEqual(rules.map((rule) => rule.id));
    for (const { help } of rules) {
      expect(text).toContain(help.bad);
      expect(text).toContain(help.good);
    }
  });

  it('explains one rule, and nothing for an unknown one', () => {
    expect(explainRule('leaked-task')).toMatch(/^leaked-task \(leak\): a task outlived/);
    expect(explainRule('leaked')).toBeUndefined();
  });
});

describe('the registry of formats', () => {
  it('has ids of its own', () => {
    expect(formats.map((format) => format.id)).toEqual(['summary', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown', 'html', 'perfetto']);
  });
});
