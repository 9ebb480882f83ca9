/** What is said of a thing that was selected, and where one can go from there. */
import type { PlaceBook } from '../place-book.ts';
import type { SessionModel } from '../../model/session.ts';
import type { Target } from '../ui.ts';
import type { Detail, DetailContext } from './detail.ts';
import { describeTask, relatedToTask } from './task.ts';

export function describeTarget(target: Target, context: DetailContext): Detail {
  switch (target.kind) {
    case 'task':
      return describeTask(target.key, context);
    default:
      return { title: target.kind, lines: [], hint: 'esc back' };
  }
}

export interface Around {
  readonly session: SessionModel;
  readonly book: PlaceBook;
}

/** Absent: nowhere. */
export function relatedOf(target: Target, { session }: Around): Target | undefined {
  switch (target.kind) {
    case 'task':
      return relatedToTask(target.key, session);
    default:
      return undefined;
  }
}
