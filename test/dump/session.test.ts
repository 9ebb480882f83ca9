import { expect, it } from 'vitest';
import { NoAnswer, Session } from '../../src/dump/inspector/session.ts';

class Conversation extends Session {
  written = 0;

  constructor() {
    super(0);
  }

  protected write(): void {
    this.written++;
  }

  hear(text: string): void {
    this.receive(text);
  }
}

it('gives up a program of which nothing is heard any more, and not one that takes its time', async () => {
  const silent = new Conversation();
  silent.patienceMs = 0;
  await expect(silent.send('HeapProfiler.enable', {})).rejects.toThrow(NoAnswer);
  const slow = new Conversation();
  const answer = slow.send('HeapProfiler.enable', {});
  slow.hear('{"id":1,"result":{}}');
  await expect(answer).resolves.toEqual({});
});
