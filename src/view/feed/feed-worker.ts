/**
 * The thread that reads and folds. It works in short steps, so that a key is answered in between however much is recorded, and
 * shows no more often than the screen can be drawn.
 */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { acceptLive } from '../../accept-live.ts';
import { createStyle } from '../../screen.ts';
import { createSources } from '../../sources.ts';
import { KnownFindings, type Marked } from '../known/known-findings.ts';
import { createPlaceBook } from '../state/place-book.ts';
import { createUi } from '../state/ui.ts';
import { View } from '../state/view.ts';
import { startJudge } from '../judge/start-judge.ts';
import type { Verdict } from '../model/session.ts';
import { LiveSource } from './live-source.ts';
import type { FeedSettings, FromFeed, ToFeed } from './messages.ts';
import { Publisher } from './publisher.ts';
import { ReplaySource } from './replay-source.ts';
import type { Source } from './source.ts';

/** Of work, before messages are heard again. */
const STEP_MS = 12;
const REST_MS = 40;
const JUDGE_AFTER_MS = 400;

const settings = workerData as FeedSettings;
const port = parentPort as MessagePort;
const { directory, cwd, columns, rows, compact, colors, replay, rules } = settings;
const known = new KnownFindings({ directory, cwd, runs: !replay });
const book = createPlaceBook((program) => createSources({ programs: [program] }, cwd));
const view = new View(createUi({ columns, rows, compact }), { book, style: createStyle(colors), replay, baseline: known });
const source: Source = replay ? new ReplaySource(directory, view) : new LiveSource(directory, view);
const publisher = new Publisher(view, (snapshot) => port.postMessage({ kind: 'snapshot', snapshot } satisfies FromFeed));

const tellKnown = (marked: Marked): void => {
  view.handle({ kind: 'known', ...marked });
  publisher.publishNow(performance.now(), source.playing);
};
void known.load().then(tellKnown);

let wishes = 0;
/** Files of the user's are written here: whoever draws does not wait for them. */
function markKnown(): void {
  const { wish } = view.ui;
  if (wish?.kind !== 'mark' || wish.number === wishes) return;
  wishes = wish.number;
  const found = view.session.findings.get(wish.finding ?? '');
  if (found !== undefined) void known.toggle(found.finding).then(tellKnown);
}

/** As the summary has it: what is ignored is left out. */
function notIgnored(findings: Verdict['findings']): Verdict['findings'] {
  return acceptLive(findings, settings).filter(({ finding }) => finding.accepted === undefined);
}

// A command that ends at once is judged at its end: meanwhile the thread would only hold it up.
setTimeout(() => { startJudge({ directory, cwd, rules, replay }, (verdict) => source.judge({ ...verdict, findings: notIgnored(verdict.findings) })); }, replay ? 0 : JUDGE_AFTER_MS);

port.on('message', (message: ToFeed) => {
  switch (message.kind) {
    case 'drawn':
      publisher.noteDrawn();
      return;
    case 'close':
      source.close();
      port.postMessage({ kind: 'closed' } satisfies FromFeed);
      return;
    case 'key':
      if (!source.press(message.key)) view.handle(message);
      markKnown();
      break;
    default:
      view.handle(message);
  }
  publisher.publishNow(performance.now(), source.playing);
});

function step(): void {
  const until = performance.now() + STEP_MS;
  let more = true;
  while (more && performance.now() < until) more = source.advance(performance.now());
  publisher.publishSoon(performance.now(), source.playing);
  if (more) setImmediate(step);
  else setTimeout(step, REST_MS);
}

step();
