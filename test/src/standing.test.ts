import { describe, expect, it } from 'vitest';
import { Standing } from '../../src/stalls/standing.ts';

describe('when a program is asked where it stands', () => {
  it('is when it has computed for so long, and then ever more seldom', () => {
    const standing = new Standing(1000);
    const asked: number[] = [];
    for (let now = 0; now <= 10_000; now += 100) {
      if (!standing.look(now, 'computing', false)) continue;
      standing.asked(now);
      asked.push(now);
    }
    expect(asked).toEqual([1000, 1500, 2300, 3500, 5300, 8000]);
  });

  it('is not while it idles now and then, or writes', () => {
    const standing = new Standing(1000);
    for (let now = 0; now <= 10_000; now += 100) {
      expect(standing.look(now, now % 900 === 0 ? 'idle' : 'computing', false)).toBe(false);
    }
    for (let now = 10_000; now <= 20_000; now += 100) {
      expect(standing.look(now, 'computing', now % 900 === 0)).toBe(false);
    }
  });

  it('comes later when it turned out to get on', () => {
    const standing = new Standing(1000);
    for (let now = 0; !standing.look(now, 'computing', false); now += 100);
    standing.asked(1000);
    standing.look(1100, 'computing', true);
    expect(standing.look(1200, 'computing', false)).toBe(false);
    expect(standing.look(3100, 'computing', false)).toBe(false);
    expect(standing.look(3200, 'computing', false)).toBe(true);
  });

  it('is not while the system holds it, which ends no stall either', () => {
    const standing = new Standing(1000);
    for (let now = 0; now < 2000; now += 100) expect(standing.look(now, now < 500 ? 'computing' : 'held', false)).toBe(false);
    expect(standing.look(2000, 'computing', false)).toBe(true);
  });
});
