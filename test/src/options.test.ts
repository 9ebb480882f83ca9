import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../src/options.ts';
import { Problem } from '../../src/problem.ts';

const RULES = ['cross-task-exit', 'leaked-task'];
const parse = (...argv: string[]) => parseOptions(argv, RULES);

function problem(...argv: string[]): Problem {
  try {
    parse(...argv);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error(`${argv.join(' ')} was understood`);
}

describe('the command line', () => {
  it('runs what stands after the two dashes', () => {
    expect(parse('--', 'node', 'app.js')).toMatchObject({ kind: 'run', command: ['node', 'app.js'] });
    expect(parse('run', '--', 'node')).toMatchObject({ kind: 'run', command: ['node'] });
  });

  it('leaves every option after the two dashes to the command', () => {
    const command = ['report', '--report', 'x', '--help', '--', '--quiet'];
    const invocation = parse('--strict', '--', ...command);
    expect(invocation).toMatchObject({ kind: 'run', command, options: { strict: true, quiet: false } });
    expect(invocation).toHaveProperty('options.reports', []);
  });

  it('reads every option', () => {
    const argv = '--report r.json --trace t --fail-on leak --strict --grace 5 --abort-grace 6 --block-after 7 --listener-growth 60 --memory 7 --budget 50 --slowdown 1.5 --quiet --no-color'.split(' ');
    const options = {
      reports: [{ format: 'json', file: 'r.json' }], trace: 't', failOn: { severity: 'leak', rules: [] }, strict: true, graceMs: 5, abortGraceMs: 6, blockAfterMs: 7, listenerGrowth: 60, memoryMiB: 7,
      budgetPercent: 50, slowdown: 1.5, quiet: true, color: false,
    };
    expect(parse(...argv, '--', 'x')).toMatchObject({ options });
    expect(parse('run', ...argv, '--', 'x')).toMatchObject({ options });
  });

  it('has defaults', () => {
    expect(parse('--', 'x')).toEqual({
      kind: 'run',
      command: ['x'],
      options: { failOn: { severity: 'violation', rules: [] }, strict: false, graceMs: 100, abortGraceMs: 1000, blockAfterMs: 1000, listenerGrowth: 50, quiet: false, view: true, reports: [] },
    });
  });

  it('takes several reports, each in a format of its own', () => {
    expect(parse('--report', 'a.json', '--report', 'sarif=a=b.sarif', '--report', 'github', '--', 'x')).toMatchObject({
      options: { reports: [{ format: 'json', file: 'a.json' }, { format: 'sarif', file: 'a=b.sarif' }, { format: 'github' }] },
    });
  });

  it('takes options before and after the name of a command', () => {
    expect(parse('--quiet', 'report', 'dir')).toMatchObject({ kind: 'report', path: 'dir', format: 'summary', options: { quiet: true } });
    expect(parse('report', 'dir', '--quiet')).toMatchObject({ kind: 'report', path: 'dir', format: 'summary', options: { quiet: true } });
    expect(parse('explain', 'leaked-task')).toEqual({ kind: 'explain', rule: 'leaked-task' });
  });

  it('bounds no slowdown where every call is to be seen, unless that is asked for', () => {
    expect(parse('--budget', '100', '--', 'x')).toMatchObject({ options: { slowdown: 'none' } });
    expect(parse('--budget', '100', '--slowdown', '3', '--', 'x')).toMatchObject({ options: { slowdown: 3 } });
    expect(parse('--slowdown', 'none', '--', 'x')).toMatchObject({ options: { slowdown: 'none' } });
  });

  it('fails on what the user names', () => {
    expect(parse('--fail-on', 'never', '--', 'x')).toMatchObject({ options: { failOn: { rules: [] } } });
    expect(parse('--fail-on', 'leaked-task,violation', '--', 'x')).toMatchObject({
      options: { failOn: { severity: 'violation', rules: ['leaked-task'] } },
    });
  });

  it('prints help and version', () => {
    expect(parse('--help')).toMatchObject({ kind: 'text', text: expect.stringContaining('Exit codes') });
    expect(parse('report', '--help')).toMatchObject({ kind: 'text', text: expect.stringContaining('--fail-on') });
    expect(parse('--version')).toMatchObject({ kind: 'text', text: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });

  it.each([
    [[], 'There is no command to run. Put it after --'],
    [['--'], 'There is no command to run'],
    [['--', ''], 'There is no command to run'],
    [['node', 'app.js'], 'Put -- before the command: scope-trace -- node app.js'],
    [['exlpain', 'x'], 'Did you mean explain?'],
    [['rnu', '--', 'node', 'f.mjs'], 'Did you mean run? To run a program of that name: scope-trace -- rnu node f.mjs'],
    [['reprot', '--', 'node'], 'Did you mean report?'],
    [['exlpain', '--', 'node'], 'Did you mean explain?'],
    [['npm', '--', 'test'], 'Put -- before the command: scope-trace -- npm test'],
    [['--trace', '', '--', 'x'], 'It is empty: name a folder.'],
    [['--report', '', '--', 'x'], 'it is empty. Name a file.'],
    [['--report=', 'report', 'x'], 'it is empty. Name a file.'],
    [['--report', 'sarif=', '--', 'x'], 'it names no file'],
    [['--report', 'sarif=-', '--', 'x'], 'not printed among what the program prints'],
    [['--report', 'sarif', '--', 'x'], 'name its file: --report sarif=<file>'],
    [['--report', 'sarfi=x', '--', 'x'], 'there is no format "sarfi". Did you mean sarif?'],
    [['report', '--format', 'docx', 'dir'], 'there is no format "docx". Formats are: summary'],
    [['--repotr', 'x', '--', 'y'], 'There is no option --repotr. Did you mean --report?'],
    [['--failon', 'x', '--', 'y'], 'Did you mean --fail-on?'],
    [['--xyzzy', '--', 'y'], 'There is no option --xyzzy. See scope-trace --help'],
    [['--report'], '--report <[format=]file> needs a value'],
    [['--grace', 'soon', '--', 'x'], 'whole number of milliseconds'],
    [['--memory', '0', '--', 'x'], 'whole number of MiB'],
    [['--fail-on', 'leaked-tsak', '--', 'x'], 'Did you mean leaked-task?'],
    [['--fail-on', 'qqqqqqqqq', '--', 'x'], 'Known are: violation, leak, info, cross-task-exit, leaked-task, never.'],
    [['--fail-on', 'never,leak', '--', 'x'], '"never" stands alone'],
    [['--budget', '101', '--', 'x'], 'whole number of percent'],
    [['--slowdown', '0.5', '--', 'x'], 'a factor from 1 to 1000, such as 1.5, or none'],
    [['--memory', '5', 'report', 'x'], '--memory has no meaning for scope-trace report'],
    [['report', 'dir', '--', 'node'], 'scope-trace report runs no command'],
    [['explain'], "Missing required argument 'rule'"],
    [['report', 'a', 'b'], 'Too many arguments'],
  ])('answers %j with a sentence that helps', (argv, sentence) => {
    const { message, exitCode } = problem(...argv);
    expect(message).toContain(sentence);
    expect(exitCode).toBe(64);
  });
});
