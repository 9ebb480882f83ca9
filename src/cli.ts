#!/usr/bin/env node
/** The command: reads what is asked, does it, and turns every problem into a sentence. */
import { rules, sanitize } from '../reports/index.ts';
import { diff } from './commands/diff.ts';
import { dump } from './commands/dump.ts';
import { explain } from './commands/explain.ts';
import { merge } from './commands/merge.ts';
import { report } from './commands/report.ts';
import { run } from './commands/run.ts';
import { view } from './commands/view.ts';
import { watch } from './commands/watch.ts';
import { readConfig } from './config/read-config.ts';
import { EXIT } from './exit-codes.ts';
import { readCommandLine } from './options.ts';
import { Problem } from './problem.ts';
import { openScreen } from './screen.ts';

async function main(argv: readonly string[]): Promise<number> {
  const asked = readCommandLine(
    argv,
    rules.map((rule) => rule.id),
  );
  const invocation = asked.finish(asked.config && (await readConfig(process.cwd(), asked.config.choice)));
  switch (invocation.kind) {
    case 'run':
      return run(invocation.command, invocation.options);
    case 'report':
      return report(invocation);
    case 'merge':
      return merge(invocation.request);
    case 'diff':
      return diff(invocation.request);
    case 'dump':
      return dump(invocation.request);
    case 'watch':
      return watch(invocation.request);
    case 'view':
      return view(invocation.request);
    case 'explain':
      return explain(invocation.rule, invocation.color);
    case 'text':
      await openScreen(process.stdout, undefined).write(invocation.text);
      return EXIT.success;
  }
}

async function tell(error: unknown): Promise<number> {
  const screen = openScreen(process.stderr, undefined);
  if (error instanceof Problem) {
    await screen.write(`scope-trace: ${printable(error.message)}\n`);
    return error.exitCode;
  }
  if (isWithoutFolder(error)) {
    await screen.write('scope-trace: The current folder does not exist any more. Go to one that exists.\n');
    return EXIT.failure;
  }
  const reason = error instanceof Error ? error.message : String(error);
  await screen.write(`scope-trace failed, which is a mistake in scope-trace and not in the program: ${reason}\n`);
  if (process.env['SCOPE_TRACE_DEBUG'] !== undefined) console.error(error);
  return EXIT.failure;
}

/** Without what a terminal would obey: names of files and messages of others are in it. */
function printable(text: string): string {
  return text.split('\n').map(sanitize).join('\n');
}

/** Node says so whenever it is asked for a folder that was removed. */
function isWithoutFolder(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd';
}

process.exitCode = await main(process.argv.slice(2)).catch(tell);
