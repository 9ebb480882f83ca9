/** The frames that the page's script fills. */
import { html, type Markup } from './markup.ts';

/** @param untold what is not drawn, a sentence or nothing */
export function writeTimeline(untold: string): Markup {
  return html`<section id="timeline" aria-labelledby="timeline-title">
<h2 id="timeline-title">Timeline</h2>
<noscript><p class="note">The timeline and the task tree are drawn by a script, which does not run here.</p></noscript>
<div id="tools" role="toolbar" aria-label="Timeline" aria-controls="lanes" hidden>
<label class="search"><span class="label">Search</span><input type="search" id="search" placeholder="task, scope, file" autocomplete="off" spellcheck="false"></label>
<label><span class="label">Show</span><select id="filter"></select></label>
<span class="group"><button type="button" id="zoom-out" aria-label="Zoom out" title="Zoom out (-)">−</button><button type="button" id="zoom-in" aria-label="Zoom in" title="Zoom in (+)">+</button><button type="button" id="fit" title="Whole time (0)">Fit</button></span>
<span id="matches" role="status"></span>
</div>
<div id="chart" hidden>
<div id="axis" aria-hidden="true"></div>
<div id="lanes" tabindex="0" role="listbox" aria-label="Tasks over time" aria-describedby="keys"></div>
</div>
<p id="keys" class="note" hidden>Arrow keys go from task to task and through time, + and − zoom, 0 shows the whole time, / searches, Enter opens a task in the tree. Drag to move, Ctrl and wheel to zoom. ${untold}</p>
<ul id="legend" class="legend" aria-label="Legend" hidden></ul>
<div id="details" role="region" aria-label="Selected task" aria-live="polite" hidden></div>
</section>
`;
}

export function writeTree(): Markup {
  return html`<section id="tasks" aria-labelledby="tasks-title">
<h2 id="tasks-title">Task tree</h2>
<p class="note">Each task below the one that started it.</p>
<div id="tree" role="tree" aria-labelledby="tasks-title"></div>
</section>
`;
}
