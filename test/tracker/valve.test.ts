import { describe, expect, it } from 'vitest';
import { LENT_MS, STRETCH_MS, Valve } from '../../tracker/valve.ts';

interface Spent {
  hooksMs: number;
  ownMs: number;
  closings: number;
  openShare: number;
}

/** A program that computes for so long by itself, and makes promises all the while that cost `cost` times as much. */
function simulate(valve: Valve, cost: number, ownMs: number, stepMs = 1): Spent {
  const spent: Spent = { hooksMs: 0, ownMs: 0, closings: 0, openShare: 0 };
  let openMs = 0;
  while (spent.ownMs < ownMs) {
    const hooksMs = valve.isOpen ? stepMs * cost : 0;
    if (valve.isOpen) openMs += stepMs;
    spent.hooksMs += hooksMs;
    spent.ownMs += stepMs;
    if (valve.note(hooksMs, stepMs + hooksMs) && !valve.isOpen) spent.closings++;
  }
  spent.openShare = openMs / spent.ownMs;
  return spent;
}

const slowdownOf = ({ hooksMs, ownMs }: Spent): number => (hooksMs + ownMs) / ownMs;

describe('the valve', () => {
  it('leaves a program alone whose promises cost less than it allows', () => {
    expect(simulate(new Valve(2), 0.5, 100_000)).toMatchObject({ closings: 0, openShare: 1 });
  });

  it('that is opened from outside closes with the next look at what was spent', () => {
    const valve = new Valve(2);
    expect(valve.note(10 * LENT_MS, 11 * LENT_MS)).toBe(true);
    expect(valve.isOpen).toBe(false);
    valve.reopen();
    expect(valve.isOpen).toBe(true);
    expect(valve.note(1, 2)).toBe(true);
    expect(valve.isOpen).toBe(false);
  });

  it('lends a short program what it needs', () => {
    expect(simulate(new Valve(2), 3, LENT_MS / 4)).toMatchObject({ closings: 0, openShare: 1 });
  });

  it.each([1.2, 1.5, 2, 3])('keeps every program within %s times its time', (slowdown) => {
    for (const cost of [1, 2.4, 2.9, 4]) {
      for (const ownMs of [1000, 10_000, 100_000]) {
        const spent = simulate(new Valve(slowdown), cost, ownMs);
        expect(spent.hooksMs).toBeLessThanOrEqual(Math.max(LENT_MS + 2 * cost, (slowdown - 1) * ownMs));
      }
    }
  });

  it('counts what it has lent towards the share', () => {
    expect(slowdownOf(simulate(new Valve(2), 4, 2 * LENT_MS))).toBeLessThanOrEqual(2);
  });

  it('lets a program that has closed it be followed again and again', () => {
    const spent = simulate(new Valve(2), 2.9, 10_000);
    expect(spent.closings).toBeGreaterThan(10);
    expect(spent.openShare).toBeGreaterThan(0.15);
    expect(slowdownOf(spent)).toBeGreaterThan(1.4);
  });

  it('opens for good when the program makes fewer promises', () => {
    const valve = new Valve(2);
    simulate(valve, 4, 1000);
    simulate(valve, 0.1, 1000);
    expect(simulate(valve, 0.1, 100_000)).toMatchObject({ closings: 0, openShare: 1 });
  });

  it('saves no more than it lends, however long a program has made no promises', () => {
    const valve = new Valve(2);
    simulate(valve, 0, 3_600_000, 100);
    expect(simulate(valve, 4, 10_000).hooksMs).toBeLessThanOrEqual(LENT_MS + 10_000);
    expect(STRETCH_MS).toBeLessThanOrEqual(LENT_MS);
  });

  it('follows nothing beyond what is lent when nothing is allowed', () => {
    const spent = simulate(new Valve(1), 3, 10_000);
    expect(spent.closings).toBe(1);
    expect(spent.hooksMs).toBeLessThanOrEqual(LENT_MS + 3);
  });

  it('says when it has changed, and only then', () => {
    const valve = new Valve(2);
    expect(valve.note(LENT_MS, 2 * LENT_MS)).toBe(false);
    expect(valve.note(1, 2)).toBe(true);
    expect(valve.isOpen).toBe(false);
    expect(valve.note(0, 1)).toBe(false);
    expect(valve.note(0, 10 * LENT_MS)).toBe(true);
    expect(valve.isOpen).toBe(true);
  });
});
