/** The dump for people: what is proved first, then the await tree, then what keeps the program alive. */
import { count, group } from '../../describe/words.ts';
import type { FormatOptions } from '../../formats/style.ts';
import { sanitize, wrap } from '../../formats/wrap.ts';
import type { Dump } from '../model.ts';
import { formatHandles } from './handles.ts';
import { lookUp } from './look-up.ts';
import { formatTests } from './tests.ts';
import { draw, Tree } from './tree.ts';
import { formatVerdict } from './verdict-text.ts';
import { formatVanished } from './vanished.ts';
import { duration } from './words.ts';

const NARROWEST = 40;
const MOST_VERDICTS = 10;
const MOST_BRANCHES = 200;

/** Text that ends with a line end. */
export function formatDump(dump: Dump, { style, width }: FormatOptions): string {
  const known = lookUp(dump);
  const wide = Math.max(NARROWEST, width);
  // What only something named can settle stands in the tree: many healthy programs wait like that.
  const certain = dump.verdicts.filter((verdict) => verdict.certain);
  const verdicts = certain.slice(0, MOST_VERDICTS).map((verdict) => formatVerdict(verdict, known, style).join('\n'));
  if (certain.length > MOST_VERDICTS) verdicts.push(style.dim(`… and ${count(certain.length - MOST_VERDICTS, 'more verdict')}`));
  const vanished = formatVanished(dump.vanished ?? [], style);
  const tests = formatTests(known, style);
  const branches = new Tree(known, style).branches();
  const drawn = branches.slice(0, MOST_BRANCHES).flatMap((branch) => draw(branch, style));
  if (branches.length > MOST_BRANCHES) drawn.push(style.dim(`… and ${count(branches.length - MOST_BRANCHES, 'more tree')}`));
  const handles = formatHandles(dump, { style, width });
  const caveats = dump.caveats.flatMap((text) => wrap(text, wide - 2).map((line, at) => (at === 0 ? `${style.yellow('!')} ${line}` : `  ${line}`)));
  const parts = [
    headOf(dump, style),
    ...(vanished.length === 0 ? [] : [vanished.join('\n')]),
    ...(tests.length === 0 ? [] : [tests.join('\n')]),
    ...verdicts,
    ...(drawn.length === 0 ? [wrap(tellNothing(dump), wide).join('\n')] : [[style.bold('Waiting'), ...drawn.map((line) => `  ${line}`)].join('\n')]),
    ...(handles.length === 0 ? [] : [handles.join('\n')]),
    ...(caveats.length === 0 ? [] : [caveats.join('\n')]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A task that waits for what nothing can settle is garbage, and gone from the heap: its request is not. */
function tellNothing(dump: Dump): string {
  const { handles } = dump;
  if (!wasRead(dump)) return 'No function that waits was found without the heap.';
  if (dump.vanished !== undefined || !handles.some(({ detail }) => detail !== undefined && /\bserves \S/.test(detail))) return 'Nothing waits.';
  return (
    'Nothing waits, yet a request is being served. Either callbacks alone work on it, or the async function that did ' +
    `waited for what nothing could settle, and was collected as garbage: ${
      dump.program.traced === true
        ? 'the rule vanished-task names the line once the program ends by itself, and not by a signal.'
        : 'run the program under scope-trace, whose rule vanished-task names the line when it ends by itself.'
    }`
  );
}

function wasRead({ heap, program }: Dump): boolean {
  return heap !== undefined || program.heldUp !== undefined;
}

function headOf(dump: Dump, style: FormatOptions['style']): string {
  const { program, tasks, heap } = dump;
  const own = tasks.filter(({ internal }) => !internal).reduce((sum, { others = 0 }) => sum + 1 + others, 0);
  const words = [
    ...(program.command === undefined ? [] : [sanitize(['node', ...program.command].join(' '))]),
    ...(program.pid === undefined ? [] : [program.thread ? `worker ${program.thread} of process ${program.pid}` : `process ${program.pid}`]),
    ...(program.upMs === undefined ? [] : [`up ${duration(program.upMs)}`]),
    wasRead(dump) ? `${count(own, 'task')} ${own === 1 ? 'waits' : 'wait'}` : 'without its heap',
    ...(heap === undefined ? [] : [`heap of ${group(Math.round(heap.bytes / 1e6))} MB`]),
    ...(program.pausedMs === undefined ? [] : [`stood still for ${duration(program.pausedMs)}`]),
  ];
  return style.bold(words.join(' · '));
}
