/** Which object stands for a declared scope. */
import { isHolder, readProperty } from './members.ts';

/** One call of a declared function. */
export interface Invocation {
  readonly receiver: unknown;
  readonly given: readonly unknown[];
  readonly result: unknown;
  /** What the callback among the arguments is called with. */
  readonly told?: readonly unknown[];
}

export interface Carrier {
  /** Whether it is what the call gives. */
  readonly isResult: boolean;
  /** Whether it is what the callback is called with. */
  readonly isTold: boolean;
  read(call: Invocation): object | undefined;
}

/** @param text - such as `this`, `result.client` or `argument 0` */
export function parseCarrier(text: string): Carrier {
  const [head = '', ...keys] = text.split('.');
  const [kind = '', index = '0'] = head.split(' ');
  const start = ({ receiver, given, result, told }: Invocation): unknown =>
    kind === 'this' ? receiver : kind === 'result' ? result : (kind === 'given' ? told : given)?.[Number(index)];
  return {
    isResult: kind === 'result',
    isTold: kind === 'given',
    read: (call) => {
      const value = keys.reduce<unknown>(readProperty, start(call));
      return isHolder(value) ? value : undefined;
    },
  };
}
