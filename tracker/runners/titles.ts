import { isObject, ownValue } from '../instruments/values.ts';

const MOST_SUITES = 100;

/** How a runner writes down what a test lies in. */
interface Tree {
  readonly title: string;
  readonly outer: string;
  /** The outermost one, which is the runner's own and has no title. */
  readonly isOutermost: (part: object) => boolean;
}

/** From the outermost suite to the test. */
export function titlesOf(test: object, { title, outer, isOutermost }: Tree): string[] {
  const titles: string[] = [];
  let at: unknown = test;
  for (let steps = 0; isObject(at) && !isOutermost(at) && steps < MOST_SUITES; steps++) {
    titles.unshift(textOf(ownValue(at, title)) ?? '');
    at = ownValue(at, outer);
  }
  return titles;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
