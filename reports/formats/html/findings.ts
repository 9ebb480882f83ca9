/** The findings: first what went wrong in a line each, then each with both places and what to do. */
import { group } from '../../describe/words.ts';
import type { Accepted, Finding, TaskReference } from '../../finding.ts';
import { mainPlaceOf, tellPlace, tellTest, testsOf } from '../located.ts';
import type { Shorten } from '../long-names.ts';
import type { FormatOptions } from '../style.ts';
import type { Rows } from '../../timeline/moments.ts';
import { writeCure } from './cure.ts';
import { writePlace } from './frame.ts';
import { html, nothing, type Markup } from './markup.ts';
import { drawStory } from './story.ts';

/** Those that are told in full; of more, each is a line of the list. */
const MOST_IN_FULL = 200;

/** A longer list scrolls, so that what is below it is near. */
const SHORT_LIST = 12;

export interface FindingMeans {
  readonly options: FormatOptions;
  readonly shorten: Shorten;
  /** Of the finding's program. Absent: the timeline does not hold it. */
  readonly rows: (finding: Finding) => Rows | undefined;
  /** Name of its program, when there are several. */
  readonly where: (finding: Finding) => string | undefined;
}

export function writeFindings(findings: readonly Finding[], means: FindingMeans): Markup {
  if (findings.length === 0) return nothing;
  const full = findings.slice(0, MOST_IN_FULL);
  const rest = findings.length - full.length;
  return html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings</h2>
${findings.length < 2 ? nothing : html`<ol class="index"${findings.length > SHORT_LIST ? html` id="index" tabindex="0" aria-label="All findings"` : nothing}>
${findings.map((finding, at) => writeLine(finding, at, means))}</ol>
`}${rest === 0 ? nothing : html`<p class="note">The first ${group(MOST_IN_FULL)} are told in full below; the JSON report holds all.</p>
`}${full.map((finding, at) => writeFinding(finding, at, means))}</section>
`;
}

function writeLine(finding: Finding, at: number, { options, shorten }: FindingMeans): Markup {
  const place = mainPlaceOf(finding);
  const where = place === undefined ? nothing : html` <code class="file">${tellPlace(place, options)}</code>`;
  const text = html`${mark(finding)} <b>${finding.rule}</b> ${shorten(finding.message)}`;
  return html`<li>${at < MOST_IN_FULL ? html`<a href="#finding-${at + 1}">${text}</a>` : text}${where}</li>
`;
}

const MARKS = { violation: '✖', leak: '▲', info: '•' };

function mark({ severity }: Finding): Markup {
  return html`<span class="mark ${severity}" role="img" aria-label="${severity}">${MARKS[severity]}</span>`;
}

function writeFinding(finding: Finding, at: number, means: FindingMeans): Markup {
  const { options, shorten } = means;
  const rows = means.rows(finding);
  const where = means.where(finding);
  const number = at + 1;
  return html`<article class="finding ${finding.severity}" id="finding-${number}" aria-labelledby="finding-${number}-title">
<p class="kind">${mark(finding)} <b>${finding.rule}</b> <span class="dim">${notesOf(finding)}</span></p>
<h3 id="finding-${number}-title">${shorten(finding.message)}</h3>
${rows === undefined ? nothing : drawStory(finding, rows)}<div class="frames">
${finding.places.map((place) => writePlace(place, options))}</div>
<dl class="roles">${writeRole(finding.roles.task, finding.task, shorten)}${
    finding.expectedTask === undefined ? nothing : writeRole(finding.roles.expectedTask ?? 'expected', finding.expectedTask, shorten)
  }${testsOf(finding).map((test) => html`<dt>in test</dt><dd>${shorten(tellTest(test, options))}</dd>`)}${where === undefined ? nothing : html`<dt>in</dt><dd>${where}</dd>`}</dl>
<p class="advice"><span aria-hidden="true">→</span> ${shorten(finding.advice)}</p>
${writeCure(finding.cure, `finding-${number}`)}<p class="foot"><button type="button" data-finding="${at}" hidden>Show in the timeline</button> <span class="dim">fingerprint <code>${finding.fingerprint}</code></span></p>
</article>
`;
}

function notesOf({ severity, certainty, count, accepted }: Finding): string {
  return [
    severity,
    ...(certainty === 'inferred' ? ['task inferred'] : []),
    ...(count > 1 ? [`${group(count)} times, this is the first`] : []),
    ...(accepted === undefined ? [] : [tellAccepted(accepted)]),
  ].join(' · ');
}

function tellAccepted(accepted: Accepted): string {
  if (accepted.by === 'baseline') return 'accepted by the baseline: it fails nothing';
  return `ignored, because ${accepted.reason} (${accepted.where})`;
}

function writeRole(role: string, { path, label, certainty }: TaskReference, shorten: Shorten): Markup {
  const steps = path.length === 0 ? [label] : path;
  return html`<dt>${role}</dt><dd><ol class="path">${steps.map((step) => html`<li>${shorten(step)}</li>`)}</ol>${certainty === 'inferred' ? ' (inferred)' : ''}</dd>`;
}
