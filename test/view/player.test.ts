import { expect, it } from 'vitest';
import { Player } from '../../src/view/feed/player.ts';

it('runs with the clock, at its speed, up to the end', () => {
  const player = new Player(1000);
  player.advance(5000);
  expect(player.advance(5200)).toBe(200);
  player.faster();
  expect(player.advance(5300)).toBe(400);
  expect(player.advance(9000)).toBe(1000);
  expect(player.state).toEqual({ atMs: 1000, endMs: 1000, speed: 2, runs: false });
});

it('stops, goes on, goes where one wants, and starts anew from the end', () => {
  const player = new Player(1000);
  player.advance(0);
  player.toggle();
  expect(player.advance(500)).toBe(0);
  player.go(700);
  expect(player.state).toMatchObject({ atMs: 700, runs: false });
  player.go(-5);
  expect(player.advance(600)).toBe(0);
  player.go(5000);
  player.toggle();
  expect(player.state).toMatchObject({ atMs: 0, runs: true });
});

it('has a slowest and a fastest speed', () => {
  const player = new Player(1000);
  for (let n = 0; n < 20; n++) player.faster();
  expect(player.state.speed).toBe(64);
  for (let n = 0; n < 20; n++) player.slower();
  expect(player.state.speed).toBe(0.1);
});
