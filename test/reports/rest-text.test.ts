import { expect, it } from 'vitest';
import { restText } from '../../reports/await-graph/reach/rest-text.ts';

function restOf(text: string): string {
  return restText(text.replace('§', ''), text.indexOf('§')).trim();
}

it('leaves out what is awaited, and all that came before', () => {
  expect(restOf('() { before(); §await new Promise((resolve) => { kept.push(resolve); }); after(); }')).toBe('; after(); }');
  expect(restOf('() { const one = §await this.#pool?.take(1)[0].lock, two = other(); }')).toBe(', two = other(); }');
  expect(restOf('() { if (free) return §await promise\nother(); }')).toBe('other(); }');
  expect(restOf('() { return (§await queue.add(async () => { work(); })) + more; }')).toBe(')) + more; }'.slice(1));
  expect(restOf('() { for (const each of list) { see(each) } §await last; after() }')).toBe('; after() }');
  expect(restOf('() { try { §await { then }; } finally { lock.release(); } }')).toBe('; } finally { lock.release(); } }');
});

it('is the whole text in a loop', () => {
  for (const loop of ['() { for (;;) { §await gate.wait(); } }', '() { while (open) §await gate.wait(); after() }', '() { do { try { §await gate.wait(); } catch {} } while (true); }', '() { for §await (const each of list) see(each); }']) {
    expect(restOf(loop)).toBe(loop.replace('§', ''));
  }
});
