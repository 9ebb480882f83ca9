import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/nearest.ts';

describe('the nearest name', () => {
  it.each([
    ['leaked-tsk', 'leaked-task'],
    ['laeked-task', 'leaked-task'],
    ['leaked', 'leaked-task'],
    ['exit-cross-task', undefined],
    ['', undefined],
  ])('to %j is %j', (word, name) => {
    expect(nearest(word, ['leaked-task', 'double-exit', 'cross-task-exit'])).toBe(name);
  });
});
