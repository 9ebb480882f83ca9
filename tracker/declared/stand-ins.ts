/**
 * Functions and classes that modules export, replaced as a whole. What stands for one is a proxy: its
 * name, its properties, its instances and what a subclass inherits are those of the original.
 */
import type { Undo } from '../instruments/instrument.ts';
import type { Method } from '../instruments/patch.ts';
import type { Member } from './members.ts';

type Class = new (...given: unknown[]) => object;
type Exported = Class & Method & { readonly prototype?: object };

/** @param made - whether `make` wraps what happens with `new`, otherwise what happens at a call */
export function replaceFunction({ holder, key, write }: Member, make: (original: Method) => Method, made: boolean): Undo {
  const descriptor = Object.getOwnPropertyDescriptor(holder, key);
  const original = descriptor?.value as unknown;
  if (typeof original !== 'function') return nothing;
  const put = write ?? writerOf(holder, key, descriptor as PropertyDescriptor);
  if (put === undefined) return nothing;
  const standIn = made ? standForClass(original as Exported, make) : standForFunction(original as Exported, make);
  put(standIn);
  const undo = made ? linkPrototype(original as Exported, standIn) : nothing;
  return () => {
    if (Object.getOwnPropertyDescriptor(holder, key)?.value === standIn) put(original);
    undo();
  };
}

function writerOf(holder: object, key: string, descriptor: PropertyDescriptor): ((value: unknown) => void) | undefined {
  if (descriptor.configurable !== true) return undefined;
  return (value) => { Object.defineProperty(holder, key, { ...descriptor, value }); };
}

function standForFunction(original: Exported, make: (original: Method) => Method): object {
  const wrapper = make(original);
  return new Proxy(original, {
    apply: (_, receiver: unknown, given: unknown[]) => Reflect.apply(wrapper, receiver, given),
  });
}

function standForClass(original: Exported, make: (original: Method) => Method): object {
  const wrapper = make({
    construct(this: unknown, ...given: unknown[]): unknown {
      return Reflect.construct(original, given, this as Class);
    },
  }.construct);
  const standIn: object = new Proxy(original, {
    construct: (target, given: unknown[], newTarget: unknown) =>
      Reflect.apply(wrapper, newTarget === standIn ? target : newTarget, given) as object,
  });
  return standIn;
}

/** Instances name the class that their program knows. */
function linkPrototype({ prototype }: Exported, standIn: object): Undo {
  const before = prototype === undefined ? undefined : Object.getOwnPropertyDescriptor(prototype, 'constructor');
  if (prototype === undefined || before?.configurable !== true) return nothing;
  Object.defineProperty(prototype, 'constructor', { ...before, value: standIn });
  return () => {
    if (Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value === standIn) Object.defineProperty(prototype, 'constructor', before);
  };
}

function nothing(): void {
  // There was nothing to replace.
}
