import type { Column } from '../parts/table.tsx';
import type { ScreenId } from '../state/ui.ts';

/** A screen with a list. What stands in its rows is the business of the list of the same name. */
export interface Screen {
  readonly id: ScreenId;
  readonly title: string;
  readonly columns: readonly Column[];
  /** What keys do here beside those of every list. */
  readonly hint: string;
}
