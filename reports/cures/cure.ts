/** What a cure is: in general, for a rule, and on the lines of somebody's own code. */
import type { Scope } from '../model.ts';
import type { Code } from './code.ts';

/** The entry of the package that the remedies come from. */
export const REMEDIES = 'scope-trace/remedies';

/** The user's own code, and what it would be with one of the remedies. */
export interface Cure {
  /** A function of `scope-trace/remedies`. Absent: the language alone cures it. */
  readonly remedy?: string;
  /** Whole statements, without the indentation that all of them have. `// …` stands for what is left out of both. */
  readonly before: string;
  readonly after: string;
  /** One sentence: what else is to do, or what becomes different. Absent: nothing. */
  readonly note?: string;
  /** `after` is not yet the code: what nobody can know is left open in it, as the note says. Absent: it is. */
  readonly outline?: true;
}

/** The same for nobody in particular. */
export interface GeneralCure {
  readonly remedies: readonly string[];
  readonly before: string;
  readonly after: string;
}

/** Where something that a finding tells of stands in the source. */
export interface Spot {
  readonly code: Code;
  /** Index of the token. */
  readonly at: number;
}

/** What a cure may ask about its finding. */
export interface Case {
  /** A place of the finding, by the beginning of its label. `undefined`: there is none, or its source cannot be read. */
  readonly spot: (label: string) => Spot | undefined;
  /** Where the finding's scope was entered and exited: the frames in this source, innermost first. */
  readonly edges: (code: Code) => readonly number[];
  /** The lines that lead to where the scope was entered, and to its first exit, innermost first. */
  readonly ways: () => { readonly entered: readonly Spot[]; readonly exited: readonly Spot[] };
  /** Where the task was started that entered the finding's scope. */
  readonly started: Spot | undefined;
  /** Absent: the finding is about none. */
  readonly scope: Scope | undefined;
}

export interface RuleCure {
  readonly general: GeneralCure;
  /** Only for shapes that are known. Absent: the cure moves things between functions, and no line shows it. */
  readonly rewrite?: (given: Case) => Cure | undefined;
}

export function importOf(remedies: readonly string[]): string {
  return `import { ${remedies.join(', ')} } from '${REMEDIES}';`;
}
