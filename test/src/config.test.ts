import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';

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
  it('is found above the folder, and is empty when there is none', () => {
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    expect(readConfig(join(folder, 'a/b'))).toEqual({ scopes: [] });
    write('scope-trace.config.json', { scopes: [POOL] });
    expect(readConfig(join(folder, 'a/b')).scopes).toEqual([POOL]);
  });

  it('may stand in package.json, and the nearer one counts', () => {
    write('scope-trace.config.json', { scopes: [POOL] });
    write('a/package.json', { name: 'a', scopeTrace: { scopes: [] } });
    write('a/b/package.json', { name: 'b' });
    expect(readConfig(join(folder, 'a/b')).scopes).toEqual([]);
  });

  it('names files of the program from its own folder', () => {
    write('scope-trace.config.json', { scopes: [{ module: './src/db.js', enter: 'connect', exit: 'returned' }] });
    mkdirSync(join(folder, 'a'));
    expect(readConfig(join(folder, 'a')).scopes[0]?.module).toBe(join(folder, 'src/db.js'));
  });

  it.each([
    ['{', 'is no JSON'],
    [[], 'it must be an object.'],
    [{ scope: [] }, 'scope is not known. Did you mean scopes?'],
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
  ])('%j is refused, with its place', (value, sentence) => {
    const path = write('scope-trace.config.json', value);
    expect(() => readConfig(folder)).toThrow(sentence);
    expect(() => readConfig(folder)).toThrow(path);
  });

  it('names its field in package.json', () => {
    const path = write('package.json', { scopeTrace: { scopes: [{ ...POOL, enter: '' }] } });
    expect(() => readConfig(folder)).toThrow(`${path}: scopeTrace.scopes[0].enter must be`);
  });

  it('is not a damaged package.json', () => {
    write('package.json', '{');
    expect(readConfig(folder).scopes).toEqual([]);
  });
});
