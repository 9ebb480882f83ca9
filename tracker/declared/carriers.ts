/** Which object stands for a declared scope. */
import { isHolder, readProperty } from './members.ts';

/** One call of a declared function. */
export interface Invocation {
  readonly receiver: unknown;
  readonly given: readonly unknown[];
  readonly result: unknown;
}

export interface Carrier {
  /** Whether it is what the call gives. */
  readonly isResult: boolean;
  read(call: Invocation): object | undefined;
}

/** @param text - such as `this`, `result.client` or `argument 0` */
export function parseCarrier(text: string): Carrier {
  const [head = '', ...keys] = text.split('.');
  const index = Number(head.replace('argument', ''));
  const start = ({ receiver, given, result }: Invocation): unknown =>
    head === 'this' ? receiver : head === 'result' ? result : given[index];
  return {
    isResult: head === 'result',
    read: (call) => {
      const value = keys.reduce<unknown>(readProperty, start(call));
      return isHolder(value) ? value : undefined;
    },
  };
}
