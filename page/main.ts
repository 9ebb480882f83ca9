/** The page of an HTML report: reads the data that stands in it and fills the frames that are there. */
import type { PageData } from '../reports/formats/html/data-shape.ts';
import { createDetails } from './details.ts';
import { find } from './dom.ts';
import { readModel, type Task } from './model.ts';
import { setUpTheme } from './theme.ts';
import { createTimeline } from './timeline.ts';
import { createTree } from './tree.ts';

function start(): void {
  // Made by this package and embedded as JSON.
  const model = readModel(JSON.parse(find('data').textContent) as PageData);
  const select = (task: Task | undefined): void => details.show(task);
  const tree = createTree(find('tree'), model, (task) => {
    timeline.reveal(task);
    find('timeline').scrollIntoView();
    timeline.focus();
  });
  const timeline = createTimeline(model, { select, open: (task) => tree.reveal(task) });
  const details = createDetails(find('details'), model, { go: (task) => timeline.reveal(task), open: (task) => tree.reveal(task) });
  setUpTheme(() => timeline.repaint());
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-finding]')) {
    const finding = model.findings[Number(button.dataset['finding'])];
    if (finding?.of === undefined) continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      timeline.showFinding(finding);
      find('timeline').scrollIntoView();
      timeline.focus();
    });
  }
  document.documentElement.dataset['ready'] = 'true';
}

start();
