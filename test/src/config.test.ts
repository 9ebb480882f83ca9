import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profiles, rules } from '../../reports/index.ts';
import { createConfigSchema } from '../../src/config/schema.ts';
import { listOptions } from '../../src/option-list.ts';
import { parseOptions } from '../../src/options.ts';
import { readConfig } from '../../src/config/read-config.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(file: string, value: unknown): string {
  const path = join(folder, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

const POOL = { package: 'some-pool', enter: 'Pool.prototype.connect', exit: ['release'] };

describe('the configuration', () => {
  it('is found above the folder, and is empty when there is none', async () => {
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    expect(await readConfig(join(folder, 'a/b'))).toMatchObject({ scopes: [], given: {} });
    write('scope-trace.config.json', { scopes: [POOL] });
    expect((await readConfig(join(folder, 'a/b'))).scopes).toEqual([POOL]);
  });

  it('may stand in package.json, and the nearer one counts', async () => {
    write('scope-trace.config.json', { scopes: [POOL] });
    write('a/package.json', { name: 'a', scopeTrace: { scopes: [] } });
    write('a/b/package.json', { name: 'b' });
    expect((await readConfig(join(folder, 'a/b'))).scopes).toEqual([]);
  });

  it('names files of the program from its own folder', async () => {
    write('scope-trace.config.json', { scopes: [{ module: './src/db.js', enter: 'connect', exit: 'returned' }] });
    mkdirSync(join(folder, 'a'));
    expect((await readConfig(join(folder, 'a'))).scopes[0]?.module).toBe(join(folder, 'src/db.js'));
  });

  it.each([
    ['{', 'is no JSON'],
    [[], 'it must be an object.'],
    [{ scop: [] }, 'scop is not known. Did you mean scopes?'],
    [{ failon: 'leak' }, 'failon is not known. Did you mean failOn?'],
    [{ failOn: 'lek' }, 'failOn: there is no rule or severity "lek". Did you mean leak?'],
    [{ failOn: ['leak', 'doble-exit'] }, 'failOn: there is no rule or severity "doble-exit". Did you mean double-exit?'],
    [{ grace: '5' }, 'grace must be a number.'],
    [{ grace: 1.5 }, 'grace: It must be a whole number of milliseconds from 0 to 86400000.'],
    [{ timeout: '60' }, 'timeout: It must be a time with its unit'],
    [{ slowdown: 'nothing' }, 'slowdown must be a number, or "none".'],
    [{ without: ['abrot'] }, 'without[0] is "abrot". Did you mean abort?'],
    [{ report: ['sarf=x'] }, 'report: sarf=x: there is no format "sarf". Did you mean sarif?'],
    [{ rules: { 'leakd-task': 'off' } }, 'rules.leakd-task is not known. Did you mean leaked-task?'],
    [{ rules: { 'leaked-task': 'of' } }, 'rules.leaked-task is "of". Did you mean off?'],
    [{ rules: { 'leaked-task': { abortGrace: 5 } } }, 'rules.leaked-task.abortGrace is not known. Known are: severity, grace.'],
    [{ rules: { 'leaked-task': { grace: -5 } } }, 'rules.leaked-task.grace must be >= 0'],
    [{ ignores: [{ rule: 'leaked-task' }] }, 'ignores[0] must have a reason.'],
    [{ ignores: [{ rule: 'leaked-task', reason: ' ' }] }, 'ignores[0] must have a reason.'],
    [{ ignores: [{ reason: 'all' }] }, 'ignores[0] ignores everything. Name a rule, file'],
    [{ ignores: [{ rule: ['leaked-tsk'], reason: 'x' }] }, 'ignores[0].rule[0] is "leaked-tsk". Did you mean leaked-task?'],
    [{ ignores: [{ scope: 'a', reason: 'x', until: '2030-02-30' }] }, 'ignores[0] has no such day: 2030-02-30.'],
    [{ ignores: [{ scope: 'a', reason: 'x', until: 'May' }] }, 'ignores[0].until must be a day'],
    [{ profiles: ['test-runner'] }, 'profiles[0] is "test-runner". Did you mean test-runners?'],
    [{ scopes: {} }, 'scopes must be a list.'],
    [{ scopes: [1] }, 'scopes[0] must be an object.'],
    [{ scopes: Array.from({ length: 2000 }, () => POOL) }, 'scopes is too long. It may have 100 kB of JSON'],
    [{ scopes: [POOL, { ...POOL, enters: 'x' }] }, 'scopes[1].enters is not known. Known are: name, package, module, enter, carrier, exit, use, expect.'],
    [{ scopes: [{ enter: 'a', exit: ['b'] }] }, 'scopes[0] must have a package'],
    [{ scopes: [{ ...POOL, package: '' }] }, 'scopes[0].package must be a text that is not empty.'],
    [{ scopes: [{ ...POOL, enter: 'Pool.connect()' }] }, 'scopes[0].enter must be the path of a function'],
    [{ scopes: [{ ...POOL, enter: [] }] }, 'scopes[0].enter must be the path of a function'],
    [{ scopes: [{ ...POOL, enter: ['new Pool', 'new '] }] }, 'scopes[0].enter must be the path of a function'],
    [{ scopes: [{ ...POOL, exit: [] }] }, 'scopes[0].exit must be a list of methods that is not empty'],
    [{ scopes: [{ ...POOL, exit: 'later' }] }, 'scopes[0].exit must be "returned", "settled", or a list of methods'],
    [{ scopes: [{ ...POOL, use: 'query' }] }, 'scopes[0].use must be a list of methods that is not empty'],
    [{ scopes: [{ ...POOL, use: [{ method: 'query', carrier: 'it' }] }] }, 'scopes[0].use[0].carrier must be "this"'],
    [{ scopes: [{ ...POOL, exit: ['release', 7] }] }, 'scopes[0].exit[1] must be a method'],
    [{ scopes: [{ ...POOL, exit: [{ method: 'release', carrier: 'that' }] }] }, 'scopes[0].exit[0].carrier must be "this"'],
    [{ scopes: [{ ...POOL, carrier: 'argument' }] }, 'scopes[0].carrier must be "this"'],
    [{ scopes: [{ ...POOL, expect: { exits: true } }] }, 'scopes[0].expect.exits must be one of owner, once, exit'],
    [{ scopes: [{ ...POOL, expect: { exit: 'no' } }] }, 'scopes[0].expect.exit must be one of owner, once, exit'],
  ])('%j is refused, with its place', async (value, sentence) => {
    const path = write('scope-trace.config.json', value);
    await expect(readConfig(folder)).rejects.toThrow(sentence);
    await expect(readConfig(folder)).rejects.toThrow(path);
  });

  it('names its field in package.json', async () => {
    const path = write('package.json', { scopeTrace: { scopes: [{ ...POOL, enter: '' }] } });
    await expect(readConfig(folder)).rejects.toThrow(`${path}: scopeTrace.scopes[0].enter must be`);
  });

  it('is not a damaged package.json', async () => {
    write('package.json', '{');
    expect((await readConfig(folder)).scopes).toEqual([]);
  });

  it('gives options as if they stood on the command line, with paths from its own folder', async () => {
    write('scope-trace.config.json', {
      $schema: 'x', report: ['a.json', 'github'], failOn: ['leak', 'race-loser'], grace: 5, slowdown: 1.5, without: ['abort'], timeout: '2s', view: false, baseline: 'b.json',
      updateBaseline: true, color: false,
    });
    const at = join(folder, 'a');
    mkdirSync(at);
    const config = await readConfig(at);
    expect(config.given).toEqual({
      report: [{ format: 'json', file: '../a.json' }, { format: 'github' }], failOn: { severity: 'leak', rules: ['race-loser'] }, grace: 5, slowdown: 1.5, without: ['abort'],
      timeout: 2000, view: false, baseline: '../b.json', updateBaseline: true, color: false,
    });
    const parse = (...argv: string[]) => parseOptions(argv, ['leaked-task'], config);
    expect(parse('--grace', '7', '--view', '--', 'x')).toMatchObject({ options: { graceMs: 7, view: true, timeoutMs: 2000, baseline: { file: '../b.json', update: true } } });
    expect(parse('report', 'x')).toMatchObject({ kind: 'report', options: { graceMs: 5, failOn: { severity: 'leak' } } });
    expect(parse('--fail-on', 'never', 'diff', 'x', 'y')).toMatchObject({ request: { failOn: { rules: [] } } });
  });

  it('says what counts for single rules, and what is ignored', async () => {
    write('package.json', { scopeTrace: { rules: { 'race-loser': 'off', 'leaked-task': { severity: 'violation', grace: 500 } }, ignores: [{ file: 'a', reason: 'x' }], profiles: false } });
    expect((await readConfig(folder)).policy).toEqual({
      folder, profiles: [], ignores: [{ file: 'a', reason: 'x', by: 'config', where: 'package.json scopeTrace.ignores[0]' }],
      rules: { 'race-loser': { severity: 'off' }, 'leaked-task': { severity: 'violation', graceMs: 500 } },
    });
  });

  it('may be a program, in TypeScript too, and there is one at most in a folder', async () => {
    const file = write('scope-trace.config.ts', "import { defineConfig } from 'scope-trace';\nconst ms: number = 5;\nexport default defineConfig({ grace: ms });\n");
    expect((await readConfig(folder)).given).toEqual({ grace: 5 });
    write('scope-trace.config.mjs', 'export default { grace: 6 }');
    await expect(readConfig(folder)).rejects.toThrow(`There are two configurations in ${folder}, scope-trace.config.mjs and scope-trace.config.ts.`);
    expect((await readConfig(folder, file)).given).toEqual({ grace: 5 });
    expect((await readConfig(folder, false)).given).toEqual({});
    await expect(readConfig(folder, write('other.ts', 'throw new Error("no\\nstack")'))).rejects.toThrow('other.ts failed: no');
    await expect(readConfig(folder, write('get.mjs', 'export default { get grace() { throw new Error("gone") } }'))).rejects.toThrow('get.mjs failed: gone');
    await expect(readConfig(folder, write('proxy.mjs', 'export default new Proxy({}, { ownKeys() { throw 1 } })'))).rejects.toThrow('proxy.mjs failed: 1');
    await expect(readConfig(folder, write('circle.mjs', 'const a = {}; a.a = a; export default { rules: a }'))).rejects.toThrow('is not known');
    await expect(readConfig(folder, write('other.yaml', ''))).rejects.toThrow('other.yaml must end in .json, ');
    await expect(readConfig(folder, join(folder, 'none.json'))).rejects.toThrow('none.json cannot be read: it does not exist.');
  });

  it('knows every option of the command, every rule and every profile', () => {
    const schema = createConfigSchema() as { readonly properties: Readonly<Record<string, { readonly properties?: object }>> };
    const options = listOptions([]).filter(({ hidden }) => !hidden).map((option) => option.attributeName());
    const others = ['$schema', 'rules', 'ignores', 'profiles', 'scopes'];
    expect(Object.keys(schema.properties).sort()).toEqual([...new Set([...options.filter((name) => name !== 'config'), ...others])].sort());
    const text = readFileSync(new URL('../../src/library/define-config.ts', import.meta.url), 'utf8');
    const [, ids = '', , profileIds = ''] = /type RuleId =([^;]*);([^]*)type ProfileId =([^;]*);/.exec(text) ?? [];
    expect([...ids.matchAll(/'([^']+)'/g)].map(([, id]) => id).sort()).toEqual(rules.map(({ id }) => id).sort());
    expect([...profileIds.matchAll(/'([^']+)'/g)].map(([, id]) => id).sort()).toEqual(profiles.map(({ id }) => id).sort());
  });
});
