/** The await tree as lines. Equal branches are folded with a count, shared ones drawn once. */
import { group } from '../../describe/words.ts';
import type { Style } from '../../formats/style.ts';
import type { ObjectId, PendingPromise, WaitingTask } from '../model.ts';
import { foldLibraries } from './fold-libraries.ts';
import type { LookUp } from './look-up.ts';
import { wordsOfReach } from './verdict-text.ts';
import { nameOfTask, placeOfLeaf, placeOfTask, wordsOfLeaf, wordsOfSettler } from './words.ts';

export interface Branch {
  /** What makes two branches equal, and the text without marks. */
  readonly text: string;
  readonly marked: string;
  readonly children: readonly Branch[];
  /** How many it stands for. */
  readonly times: number;
  /** It is a task of the program's, or leads to one. */
  readonly task?: boolean;
  /** It is an installed package's. */
  readonly library?: boolean;
}

const DEEPEST = 400;

export class Tree {
  readonly #known: LookUp;
  readonly #style: Style;
  readonly #drawn = new Set<ObjectId>();
  /** Who alone could settle a promise, where that is known and not certain. */
  readonly #only = new Map<ObjectId, string>();
  /** On the way from the root. */
  readonly #way: ObjectId[] = [];

  constructor(known: LookUp, style: Style) {
    this.#known = known;
    this.#style = style;
    for (const verdict of known.dump.verdicts) {
      const who = verdict.kind === 'only' ? wordsOfReach(verdict, known.leaf) : undefined;
      if (who !== undefined) for (const promise of verdict.promises) this.#only.set(promise, who);
    }
  }

  /** Every root, the same ones folded. */
  branches(): Branch[] {
    const { dump, task } = this.#known;
    const roots = dump.roots.flatMap((id) => task(id) ?? []);
    const branches = roots.flatMap((root) => this.#ofTask(root).filter(({ task: own }) => own === true));
    return fold(branches).map((branch) => foldLibraries(branch, this.#style));
  }

  /** Node's own functions are passed over: what they wait for takes their place. */
  #ofTask(task: WaitingTask): Branch[] {
    if (this.#way.includes(task.id)) return [this.#again(task, '⟲', 'waits for itself: see above')];
    if (task.internal) {
      this.#way.push(task.id);
      const inner = this.#way.length > DEEPEST ? [] : this.#ofPromise(task.awaits);
      this.#way.pop();
      return inner;
    }
    if (this.#drawn.has(task.id)) return [this.#again(task, '↑', 'see above')];
    this.#drawn.add(task.id);
    this.#way.push(task.id);
    const children = this.#way.length > DEEPEST ? [leafBranch('…')] : this.#ofPromise(task.awaits);
    this.#way.pop();
    return [this.#branch(task, children)];
  }

  #branch(task: WaitingTask, children: readonly Branch[]): Branch {
    const { bold, dim } = this.#style;
    const since = task.tracked?.waitsMs === undefined ? '' : ` for ${Math.round(task.tracked.waitsMs / 100) / 10} s`;
    const name = nameOfTask(task);
    const place = placeOfTask(task);
    const text = `${name} ${place}${since}`;
    const locals = (task.locals ?? []).map(({ name: local, value }) => leafBranch(`${local} = ${value}`, dim));
    return { text, marked: `${bold(name)} ${place}${since}`, children: [...locals, ...children], times: 1 + (task.others ?? 0), task: true, library: task.place?.library === true };
  }

  #again(task: WaitingTask, sign: string, words: string): Branch {
    return leafBranch(`${sign} ${nameOfTask(task)} ${placeOfTask(task)} (${words})`, this.#style.dim);
  }

  #ofPromise(id: ObjectId): Branch[] {
    const promise = this.#known.promise(id);
    if (promise === undefined) return [];
    if (this.#way.includes(id)) return [leafBranch('⟲ a promise that follows itself', this.#style.red)];
    this.#way.push(id);
    const branches = this.#ofSettler(promise);
    this.#way.pop();
    return branches;
  }

  #ofSettler({ id, settledBy: settler }: PendingPromise): Branch[] {
    const { task, leaf } = this.#known;
    switch (settler.kind) {
      case 'task':
      case 'step': {
        const next = task(settler.task);
        return next === undefined ? [leafBranch(settler.kind === 'step' ? 'the next value of an async generator' : 'another call of the same function', this.#style.dim)] : this.#ofTask(next);
      }
      case 'follows':
        return this.#ofPromise(settler.source);
      case 'then':
        return [{ ...this.#inner(wordsOfSettler(settler), this.#ofPromise(settler.source)), library: settler.handler?.place?.library !== false }];
      case 'combinator':
        return [this.#inner(wordsOfSettler(settler), fold(settler.members.flatMap((member) => this.#ofPromise(member))))];
      case 'unread': {
        const inner = fold(settler.leads.flatMap((lead) => this.#ofPromise(lead)));
        if (settler.what === undefined) return inner;
        return [inner.length === 0 ? leafBranch(settler.what, this.#style.cyan) : this.#inner(settler.what, inner)];
      }
      case 'nothing':
        return [leafBranch(wordsOfSettler(settler), this.#style.red)];
      default: {
        const held = settler.heldBy.flatMap((holder) => leaf(holder) ?? []);
        const words = held.map((each) => [wordsOfLeaf(each), placeOfLeaf(each)].filter((part) => part !== '').join(' '));
        const only = this.#only.get(id);
        if (only !== undefined) words.push(`only ${only} can settle it`);
        return [words.length === 0 ? leafBranch(wordsOfSettler(settler)) : leafBranch(words.join(' ‹ '), this.#style.cyan)];
      }
    }
  }

  #inner(text: string, children: readonly Branch[]): Branch {
    return { text, marked: this.#style.dim(text), children, times: 1, task: children.some(({ task }) => task === true) };
  }
}

function leafBranch(text: string, mark: (text: string) => string = (same) => same): Branch {
  return { text, marked: mark(text), children: [], times: 1 };
}

/** Branches that read the same become one with a count. */
export function fold(branches: readonly Branch[]): Branch[] {
  const kept = new Map<string, Branch>();
  for (const branch of branches) {
    const key = keyOf(branch);
    const same = kept.get(key);
    kept.set(key, same === undefined ? branch : { ...same, times: same.times + branch.times });
  }
  return [...kept.values()];
}

function keyOf({ text, children }: Branch): string {
  return `${text}\n${children.map(keyOf).join('\u0001')}\u0002`;
}

/** The lines of a branch, with the marks that join them. */
export function draw(branch: Branch, style: Style, first = '', rest = ''): string[] {
  const times = branch.times === 1 ? '' : `${group(branch.times)} × `;
  const lines = [`${first}${style.yellow(times)}${branch.marked}`];
  branch.children.forEach((child, at) => {
    const last = at === branch.children.length - 1;
    lines.push(...draw(child, style, `${rest}${style.dim(last ? '└─ ' : '├─ ')}`, `${rest}${style.dim(last ? '   ' : '│  ')}`));
  });
  return lines;
}
