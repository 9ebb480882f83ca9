/** What the shapes and colours of the timeline mean; those that do not occur are left out. */
import { make } from './dom.ts';
import type { Model } from './model.ts';

export function addLegend(list: HTMLElement, { tasks, crossings, aborts, findings }: Model): void {
  const entries: readonly (readonly [kind: string, text: string, occurs: boolean])[] = [
    ['life', 'a task’s life', true],
    ['scope', 'a scope', tasks.some(({ scopes }) => scopes.length > 0)],
    ['late', 'a scope whose task has ended', crossings.some(({ host, until }) => !host.alive && until > host.end)],
    ['open', 'a scope that was never exited', tasks.some(({ scopes }) => scopes.some(({ isOpen }) => isOpen))],
    ['spawn', 'started', tasks.length > 1],
    ['join', 'joined: waited for its end', tasks.some(({ joins }) => joins.some(({ at }) => at >= 0))],
    ['crossed', 'exited by another task', crossings.length > 0],
    ['abort', 'aborted', aborts.length > 0 || tasks.some(({ scopes }) => scopes.some(({ cancelled }) => cancelled >= 0))],
    ['found', 'a finding', findings.some(({ of }) => of !== undefined)],
  ];
  for (const [kind, text, occurs] of entries) {
    if (occurs) list.append(make('li', {}, make('span', { class: `swatch ${kind}`, 'aria-hidden': 'true' }), text));
  }
}
