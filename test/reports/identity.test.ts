import { describe, expect, it } from 'vitest';
import { foldProgram, identitySources, createPlaces, pathOfTask } from '../../reports/index.ts';
import type { ProgramTrace, Task } from '../../reports/index.ts';
import { MAIN, Recording } from './recording.ts';

/** The task that a call runs in, seen through a scope entered there. */
function taskOf(recording: Recording, call: number): { task: Task; certain: boolean } {
  const scope = recording.enter('probe', call);
  const trace = foldProgram(recording.records);
  const found = trace.scopes.find((one) => one.id === scope);
  if (found === undefined) throw new Error('the probe is missing');
  return found.entered;
}

const namesOf = (trace: ProgramTrace): string[] => trace.tasks.map((task) => `${task.id} ${task.origin}`);

describe('identity', () => {
  it('keeps an awaited call in the task of its caller, along the whole chain', () => {
    const r = new Recording();
    const call = r.awaited(r.awaited(r.awaited(MAIN)));
    expect(taskOf(r, call)).toMatchObject({ task: { id: 1 }, certain: true });
  });

  it('gives a spawned call a task of its own, and what that awaits belongs to it', () => {
    const r = new Recording();
    const spawned = r.spawn(MAIN);
    const inner = r.awaited(spawned);
    expect(taskOf(r, inner)).toMatchObject({ task: { id: 2, root: spawned }, certain: true });
  });

  it('decides late: a fate after the scope events inside the call counts for all of them', () => {
    const r = new Recording();
    const call = r.call('async', MAIN, { fate: 'none' });
    const scope = r.enter('early', call);
    r.add({ kind: 'call-spawned', call, by: MAIN });
    const trace = foldProgram(r.records);
    expect(trace.scopes.find((one) => one.id === scope)?.entered.task.id).toBe(2);
  });

  it('leaves a call without a fate with its caller, as an inference', () => {
    for (const origin of ['async', 'then', 'generator'] as const) {
      const r = new Recording();
      const call = r.call(origin, MAIN);
      expect(taskOf(r, call)).toMatchObject({ task: { id: 1 }, certain: false });
    }
  });

  it('always gives a callback and a named function a task of their own', () => {
    const r = new Recording();
    const timer = r.callback('Timeout', MAIN);
    const named = r.named('job', MAIN, { fate: 'awaited' });
    expect(taskOf(r, timer)).toMatchObject({ task: { id: 2 }, certain: true });
    expect(taskOf(r, named)).toMatchObject({ task: { id: 3, name: 'job' }, certain: true });
  });

  it('is as sure as the least sure link', () => {
    const r = new Recording();
    const unsure = r.call('async', MAIN, { fate: 'awaited', fateInferred: true });
    const inner = r.awaited(unsure);
    expect(taskOf(r, inner)).toMatchObject({ task: { id: 1 }, certain: false });
    const guessed = r.spawn(MAIN, { inferred: true });
    expect(taskOf(r, r.awaited(guessed)).certain).toBe(false);
  });

  it('lets a later word replace only an inferred one', () => {
    const r = new Recording();
    const first = r.call('async', MAIN, { fate: 'awaited', fateInferred: true });
    r.add({ kind: 'call-spawned', call: first, by: MAIN });
    const second = r.call('async', MAIN, { fate: 'awaited' });
    r.add({ kind: 'call-spawned', call: second, by: MAIN });
    expect(taskOf(r, first)).toMatchObject({ task: { root: first }, certain: true });
    expect(taskOf(r, second)).toMatchObject({ task: { id: 1 }, certain: true });
  });

  it('numbers tasks in order of announcement and never uses a number again', () => {
    const r = new Recording();
    r.spawn(MAIN);
    r.awaited(MAIN);
    r.callback('Immediate', MAIN);
    r.named('job', MAIN);
    expect(namesOf(foldProgram(r.records))).toEqual(['1 main', '2 async', '3 callback', '4 named']);
  });

  it('survives calls that wait for each other', () => {
    const r = new Recording();
    const a = r.call('async', 3, { fate: 'awaited' });
    const b = r.call('async', a, { fate: 'awaited' });
    expect(taskOf(r, b).certain).toBe(false);
  });

  it('gives a call that was never announced an unknown task that is never sure', () => {
    const r = new Recording();
    expect(taskOf(r, 99)).toMatchObject({ task: { origin: 'unknown' }, certain: false });
    expect(foldProgram(r.records).losses.dangling).toBe(1);
  });
});

describe('task paths', () => {
  const pathIn = (r: Recording, root: number): readonly string[] => {
    const trace = foldProgram(r.records);
    const task = trace.tasks.find((one) => one.root === root);
    if (task === undefined) throw new Error('no such task');
    return pathOfTask(task, createPlaces(trace, identitySources));
  };

  it('lead from the main task to the task, each step with its place', () => {
    const r = new Recording();
    const job = r.named('OBSERVATION', MAIN, { from: r.site('/app/app.mjs:31') });
    const connect = r.spawn(job, { site: r.site('/app/client.mjs:12 connect') });
    expect(pathIn(r, connect)).toEqual(['main', 'task "OBSERVATION" app.mjs:31', 'connect client.mjs:12']);
  });

  it('say callbacks in plain words', () => {
    const r = new Recording();
    const from = r.site('/app/a.mjs:3');
    const words = ['Timeout', 'TickObject', 'HTTPINCOMINGMESSAGE', 'TCPSERVERWRAP', 'PROCESSWRAP', 'NEWWRAP'];
    const steps = words.map((word) => r.callback(word, MAIN, { from })).map((call) => pathIn(r, call)[1]);
    expect(steps).toEqual(
      ['timer', 'next tick', 'HTTP request', 'connection', 'child process', 'NEWWRAP'].map((word) => `${word} a.mjs:3`),
    );
  });

  it('leave out the middle of long chains', () => {
    const r = new Recording();
    let call = MAIN;
    for (let depth = 0; depth < 50; depth++) call = r.spawn(call);
    const path = pathIn(r, call);
    expect(path).toHaveLength(6);
    expect(path[2]).toBe('… 46 tasks …');
  });
});
