/** Long ways through installed packages are shown by their ends: what lies between is nobody's to mend. */
import type { Style } from '../../formats/style.ts';
import { group } from '../../describe/words.ts';
import type { Branch } from './tree.ts';

/** Shorter ways are shown whole. */
const LONGEST_SHOWN = 4;

export function foldLibraries(branch: Branch, style: Style): Branch {
  const way = wayFrom(branch);
  const [last] = way.slice(-1);
  if (last === undefined || way.length <= LONGEST_SHOWN) return below(branch, style);
  const text = `… ${group(way.length - 2)} more in packages`;
  const between: Branch = { text, marked: style.dim(text), children: [below(last, style)], times: 1 };
  return { ...branch, children: [between] };
}

function below(branch: Branch, style: Style): Branch {
  return { ...branch, children: branch.children.map((child) => foldLibraries(child, style)) };
}

/** The branch and those after it, as long as each is a package's and leads to one other. */
function wayFrom(branch: Branch): Branch[] {
  const way: Branch[] = [];
  for (let at: Branch | undefined = branch; at?.library === true && at.times === 1; at = at.children.length === 1 ? at.children[0] : undefined) way.push(at);
  return way;
}
