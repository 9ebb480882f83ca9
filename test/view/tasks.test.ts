/** What the tasks screen shows of records, of the clock and of keys. */
import { describe, expect, it } from 'vitest';
import { KEEP_MS } from '../../src/view/model/session.ts';
import { MAIN, Recording } from '../reports/recording.ts';
import { Viewer } from './viewer.ts';

function threeTasks(): { recording: Recording; calls: number[] } {
  const recording = new Recording();
  const calls = ['read', 'parse', 'write'].map((name) => recording.named(name, MAIN));
  return { recording, calls };
}

const THREE = ['main', '  task "read" app.mjs:10', '  task "parse" app.mjs:10', '  task "write" app.mjs:10'];

describe('the tree of tasks', () => {
  it('has tasks below those that started them, and no calls that belong to their callers', () => {
    const recording = new Recording();
    const connect = recording.awaited(MAIN, { site: recording.site('/app/app.mjs:3:1 connect') });
    recording.spawn(connect, { site: recording.site('/app/app.mjs:20:1 ping') });
    const undecided = recording.call('async', MAIN, { site: recording.site('/app/app.mjs:30:1 later') });
    const viewer = new Viewer().read(recording);
    expect(viewer.column('name')).toEqual(['main', '  ping app.mjs:20']);
    recording.add({ kind: 'call-spawned', call: undecided, by: MAIN });
    expect(viewer.read(recording).column('name')).toEqual(['main', '  ping app.mjs:20', '  later app.mjs:30']);
  });

  it('shows what each waits for, where, and for how long', () => {
    const { recording, calls } = threeTasks();
    const [read = 0, parse = 0] = calls;
    recording.add({ kind: 'call-standing', call: read, waits: true, handle: 'timer', what: 'promise', at: recording.site('/app/poll.mjs:7:1') });
    recording.add({ kind: 'call-standing', call: parse, waits: true, what: 'call', on: read });
    const viewer = new Viewer().read(recording).wait(1000);
    expect(viewer.column('awaits').slice(0, 3)).toEqual(['', '  timer at /app/poll.mjs:7', '  task "read"']);
    expect(viewer.list().rows[1]?.cells).toMatchObject({ state: { text: 'waiting' }, wait: { text: '996ms' }, age: { text: '999ms' } });
    recording.add({ kind: 'call-standing', call: read, waits: false });
    expect(viewer.read(recording).list().rows[1]?.cells).toMatchObject({ state: { text: 'running' }, wait: { text: '' }, awaits: { text: '' } });
  });

  it('keeps what has ended for a while, and then lets it go, but not what it has started', () => {
    const recording = new Recording();
    const read = recording.named('read', MAIN);
    recording.named('inner', read);
    const viewer = new Viewer().read(recording).wait(1000);
    viewer.read(recording.end(read));
    expect(viewer.list().rows[1]?.cells['state']?.text).toBe('finished');
    viewer.wait(KEEP_MS - 1000).wait(500);
    expect(viewer.column('name')).toHaveLength(3);
    viewer.wait(2000);
    expect(viewer.column('name')).toEqual(['main', '  task "inner" app.mjs:10']);
    expect(viewer.view.session.programs[0]?.calls.size).toBe(2);
  });

  it('has requests by their lines, which are served for as long as their responses are open', () => {
    const recording = new Recording();
    const request = recording.callback('HTTPINCOMINGMESSAGE', MAIN);
    recording.end(request);
    const viewer = new Viewer().read(recording);
    expect(viewer.column('state')).toEqual(['running', '  finished']);
    recording.add({ kind: 'scope-entered', scope: 1, call: request, scopeKind: 'request', name: 'GET /slow', stack: [] });
    viewer.read(recording).wait(KEEP_MS * 2);
    expect(viewer.list().rows[1]?.cells).toMatchObject({ state: { text: 'serving' }, age: { text: '11.9s' }, name: { text: 'GET /slow' } });
    expect(viewer.snapshot().status.tasks).toBe(2);
    expect(viewer.read(recording.exit(1, request)).column('state')).toEqual(['running', '  finished']);
    expect(viewer.snapshot().status.tasks).toBe(1);
    expect(viewer.wait(KEEP_MS + 1000).column('name')).toEqual(['main']);
  });

  it('keeps no more than some thousands of those that have ended, however lately', () => {
    const recording = new Recording();
    for (let n = 0; n < 7000; n++) recording.end(recording.named(`n${n}`, MAIN));
    const viewer = new Viewer().read(recording).wait(1000);
    expect(viewer.list().count).toBe(5001);
    expect(viewer.view.session.programs[0]?.alive).toBe(1);
  });

  it('has tasks whose starter is not known, or has been let go of, below the nearest that is', () => {
    const recording = new Recording();
    const inner = recording.call('async', undefined, { fate: 'none' });
    recording.spawn(inner, { site: recording.site('/app/app.mjs:20:1 below') });
    recording.add({ kind: 'call-started', call: 90, caller: 80, origin: 'callback', resource: 'Timeout' });
    expect(new Viewer().read(recording).column('name')).toEqual(['main', '  below app.mjs:20', '  timer']);
  });

  it('shows tasks that were collected, and those that the end of the program has cut off', () => {
    const { recording, calls } = threeTasks();
    recording.add({ kind: 'call-vanished', call: calls[0] ?? 0 });
    const viewer = new Viewer().read(recording.ended('exit-called'));
    expect(viewer.column('state').map((text) => text.trim())).toEqual(['unfinished', 'vanished', 'unfinished', 'unfinished']);
    expect(viewer.snapshot().status).toMatchObject({ over: true, running: 0, tasks: 0 });
  });

  it('has each program as a root when there are several', () => {
    const worker = new Recording({ program: '7-1-1', parent: '7-0-1', thread: 1 });
    worker.named('compute', MAIN);
    const viewer = new Viewer().read(new Recording()).read(worker, '7-1-1');
    expect(viewer.column('name')).toEqual(['node app/app.mjs', '  main', '  worker 1 of 7', '    main', '      task "compute" app.mjs:10']);
  });
});

describe('keys', () => {
  it('move the selection, which stays on its task while rows come and go', () => {
    const { recording, calls } = threeTasks();
    const viewer = new Viewer().read(recording).press('j', 'down');
    expect(viewer.selected()).toBe('task "parse" app.mjs:10');
    recording.named('early', calls[0] ?? 0);
    expect(viewer.read(recording).selected()).toBe('task "parse" app.mjs:10');
    expect(viewer.press('G').selected()).toBe('task "write" app.mjs:10');
    expect(viewer.press('g').selected()).toBe('main');
  });

  it('select the neighbour of a task that has gone', () => {
    const { recording, calls } = threeTasks();
    const viewer = new Viewer().read(recording).press('j', 'j');
    viewer.read(recording.end(calls[1] ?? 0)).wait(KEEP_MS + 1000);
    expect(viewer.selected()).toBe('task "write" app.mjs:10');
  });

  it('fold and unfold, and go to the parent', () => {
    const { recording } = threeTasks();
    const viewer = new Viewer().read(recording).press('j', 'h');
    expect(viewer.selected()).toBe('main');
    expect(viewer.press('h').list().rows).toMatchObject([{ fold: 'closed', hidden: 3 }]);
    expect(viewer.press('l').column('name')).toEqual(THREE);
    expect(viewer.press('-').list().count).toBe(1);
    expect(viewer.press('+').list().count).toBe(4);
  });

  it('search: what fits is seen, with what is above it, until escape', () => {
    const { recording } = threeTasks();
    const viewer = new Viewer().read(recording).press('/', 'P', 'a', 'r');
    expect(viewer.snapshot().prompt).toBe('Par');
    expect(viewer.column('name')).toEqual(['main', '  task "parse" app.mjs:10']);
    viewer.press('enter', 'j');
    expect(viewer.selected()).toBe('task "parse" app.mjs:10');
    expect(viewer.press('escape').column('name')).toEqual(THREE);
    expect(viewer.press('/', 'q', 'backspace', 'backspace').snapshot().prompt).toBeUndefined();
  });

  it('sort into a flat list, and the other way round', () => {
    const { recording, calls } = threeTasks();
    recording.wait(50).add({ kind: 'call-standing', call: calls[2] ?? 0, waits: true }).wait(50);
    recording.add({ kind: 'call-standing', call: calls[0] ?? 0, waits: true });
    const viewer = new Viewer().read(recording).wait(500).press('s');
    expect(viewer.list().sort).toBe('waiting');
    expect(viewer.column('name').slice(0, 2)).toEqual(['task "write" app.mjs:10', 'task "read" app.mjs:10']);
    expect(viewer.press('r').column('name').at(-1)).toBe('task "write" app.mjs:10');
  });

  it('filter', () => {
    const { recording, calls } = threeTasks();
    recording.end(calls[0] ?? 0).add({ kind: 'call-standing', call: calls[1] ?? 0, waits: true });
    const viewer = new Viewer().read(recording).press('f');
    expect(viewer.column('name')).toEqual(['main', '  task "parse" app.mjs:10', '  task "write" app.mjs:10']);
    expect(viewer.press('f').column('name')).toEqual(['main', '  task "parse" app.mjs:10']);
    expect(viewer.list()).toMatchObject({ filter: 'waiting', total: 4 });
    expect(viewer.press('escape').list().filter).toBe('all');
  });

  it('follow what is newest', () => {
    const { recording } = threeTasks();
    const viewer = new Viewer().read(recording).press('F');
    recording.named('newest', MAIN);
    expect(viewer.read(recording).selected()).toBe('task "newest" app.mjs:10');
    expect(viewer.press('k').list().follow).toBe(false);
  });

  it('scroll no further than the list is long', () => {
    const recording = new Recording();
    for (let n = 0; n < 50; n++) recording.named(`n${n}`, MAIN);
    const viewer = new Viewer({ rows: 15 }).read(recording).press('G');
    expect(viewer.list()).toMatchObject({ first: 41, count: 51 });
    expect(viewer.list().rows).toHaveLength(10);
    expect(viewer.press('page-up').list().first).toBe(40);
    expect(viewer.press('page-up', 'page-up', 'page-up', 'page-up', 'page-up').list().first).toBe(0);
  });

  it('ask for what only the main thread can do', () => {
    const viewer = new Viewer();
    expect(viewer.press('ctrl-z').snapshot().wish).toEqual({ number: 1, kind: 'suspend' });
    expect(viewer.press('/', 'x', 'ctrl-c').snapshot().wish).toEqual({ number: 2, kind: 'quit' });
  });
});

describe('a task looked at closely', () => {
  it('tells its path, what it waits for, what is open, what it has started and what happened', () => {
    const recording = new Recording();
    const read = recording.named('read', MAIN);
    recording.enter('session', read, { stack: [recording.site('/app/app.mjs:12:1 open')] });
    recording.named('inner', read);
    const viewer = new Viewer().read(recording).press('j', 'enter');
    const { title, lines } = viewer.pane();
    expect(title).toBe('Task "read"');
    const text = lines.join('\n');
    for (const part of ['main › task "read" app.mjs:10', 'session', 'started task "inner"', 'entered "session"', '/app/app.mjs:12']) {
      expect(text).toContain(part);
    }
    expect(viewer.press('enter').pane().title).toBe('Task main');
    expect(viewer.press('escape', 'escape').list().screen).toBe('tasks');
  });
});
