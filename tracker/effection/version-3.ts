/**
 * Effection 3. Its operations run in frames, and nobody schedules them in one place: a frame's step begins
 * when it asks its iterator for `next`, `return` or `throw`, and is over when what it yielded is carried
 * out. Both are seen from where none of the program's code runs.
 *
 * What is spawned, run or provided is a fiber. `call`, `action`, `scoped`, `all` and `race` go on in the
 * fiber that waits for them, as scopes of it. https://github.com/thefrontside/effection/tree/v3
 */
import { replaceFunction } from '../declared/stand-ins.ts';
import { guarded } from '../failure.ts';
import type { Undo } from '../instruments/instrument.ts';
import { type Method, observeRead, replaceMethod, undoAll } from '../instruments/patch.ts';
import { isObject, ownValue } from '../instruments/values.ts';
import type { LoadedModule } from '../modules.ts';
import { forgetLabel, labelling, nameOf, takeLabel, withName } from './labels.ts';
import { Line, lines } from './lines.ts';
import { observeSteps } from './steps.ts';

/** Functions by their files. */
const WATCHED: Readonly<Record<string, Readonly<Record<string, (original: Method) => Method>>>> = {
  'run/frame.js': { createFrame: makingRoots },
  'instructions.js': {
    suspend: labelling(() => undefined),
    spawn: labelling((operation) => ({ isPart: false, name: nameOf(operation) })),
    resource: labelling((operation) => ({ isPart: false, name: nameOf(operation) || 'resource' })),
    action: labelling((operation) => ({ isPart: true, name: withName('action', operation) })),
  },
  'pause.js': { pause: labelling(() => undefined) },
  'call.js': { call: labelling((operation) => ({ isPart: true, name: withName('call', operation) })) },
  'scoped.js': { scoped: labelling((operation) => ({ isPart: true, name: withName('scoped', operation) || 'scoped' })) },
  'all.js': { all: labelling(() => ({ isPart: true, name: 'all' })) },
  'race.js': { race: labelling(() => ({ isPart: true, name: 'race' })) },
};

export const NAMES = Object.values(WATCHED).flatMap((functions) => Object.keys(functions));

const FILE = /^(.*\/)lib\/((?:run\/)?[a-z]+\.js)$/;
/** Of no other version; one of them is evaluated before the rest. */
const FILES_OF_3 = ['run/frame.js', 'instructions.js', 'pause.js'];
/** Folders of packages that are of version 3. */
const roots = new Set<string>();

export function watchVersion3(exports: unknown, { path, format, replace }: LoadedModule): Undo {
  const [, root = '', file = ''] = FILE.exec(path) ?? [];
  if (FILES_OF_3.includes(file)) roots.add(root);
  if (!roots.has(root) || !isObject(exports)) return undoAll([]);
  return undoAll(Object.entries(WATCHED[file] ?? {}).map(([key, make]) => {
    const write = (value: unknown): void => { replace(key, value as object); };
    return replaceFunction({ holder: exports, key, ...(format === 'module' ? { write } : {}) }, make, false);
  }));
}

/** A frame's own method is making another one. */
let making = false;

/** The first frame of a tree. Where the module calls itself by what it exports, all others come here, too. */
function makingRoots(original: Method): Method {
  return function createFrame(this: unknown, ...given: unknown[]): unknown {
    const [options] = given;
    if (making || !isObject(options)) return Reflect.apply(original, this, given);
    const operation = ownValue(options, 'operation');
    const name = nameOf(operation);
    const line = new Line({ isPart: false, name: name === 'suspend' ? 'scope' : name });
    const frame = Reflect.apply(original, this, [{ ...options, operation: observed(operation, line) }]);
    adopt(line, frame, undefined);
    return frame;
  };
}

function makingChildren(original: Method): Method {
  return {
    createChild(this: unknown, operation: unknown): unknown {
      const maker = lines.get(this as object);
      const label = takeLabel(this);
      const line = new Line(label ?? { isPart: false, name: nameOf(operation) }, maker);
      making = true;
      try {
        const frame = Reflect.apply(original, this, [observed(operation, line)]);
        adopt(line, frame, label === undefined ? undefined : maker);
        return frame;
      } finally {
        making = false;
      }
    },
  }.createChild;
}

function observed(operation: unknown, line: Line): unknown {
  return observeSteps(operation, guarded(() => {
    forgetLabel();
    line.beginStep();
  }));
}

const adopt = guarded((line: Line, frame: unknown, runBy: Line | undefined): void => {
  if (!isObject(frame)) return;
  lines.set(frame, line);
  watchFrame(frame, line);
  line.start(frame, runBy);
});

/** Each frame has a prototype of its own, and says there how it ends. */
function watchFrame(frame: object, line: Line): void {
  const own = Object.getPrototypeOf(frame) as object;
  replaceMethod(own, 'createChild', makingChildren);
  observeRead(own, 'crash', () => { line.crashed = true; });
  observeWrite(own, 'aborted', () => { line.halted = true; });
  observeWrite(own, 'exited', guarded(() => { line.exit(); }));
}

/** The property becomes what it would have become. */
function observeWrite(holder: object, key: string, note: () => void): void {
  Object.defineProperty(holder, key, {
    configurable: true,
    set(this: object, value: unknown) {
      Object.defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true });
      note();
    },
  });
}
