/** Which part of the time is seen: by wheel, by dragging, by keys. */
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import type { Model } from './model.ts';

/** The finest that a recording knows, across the whole width. */
const SHORTEST_MS = 0.05;
/** Of what is shown on purpose, this share of the width is it. */
const SHARE = 0.8;

export interface Time {
  readonly scale: () => ScaleLinear<number, number>;
  readonly zoom: (factor: number) => void;
  /** By a share of what is seen; positive: to what was earlier. */
  readonly pan: (share: number) => void;
  readonly fit: () => void;
  readonly show: (fromMs: number, toMs: number) => void;
  /** Between two columns of the box. */
  readonly resize: (left: number, right: number, height: number) => void;
}

/** @param changed what was seen is another part now; `movedY`: and the box was dragged so far downwards */
export function createTime(box: HTMLElement, model: Model, changed: (movedY: number) => void): Time {
  let [left, right] = [0, 1];
  const base = (): ScaleLinear<number, number> => {
    const margin = (model.end - model.start) * 0.01;
    return scaleLinear().domain([model.start - margin, model.end + margin]).range([left, right]);
  };
  const behaviour = zoom<HTMLElement, unknown>()
    .scaleExtent([1, Math.max(2, (model.end - model.start) / SHORTEST_MS)])
    .filter(isMeant)
    .on('zoom', ({ sourceEvent: source }: { readonly sourceEvent: unknown }) => {
      changed(source instanceof MouseEvent && source.type === 'mousemove' ? source.movementY : 0);
    });
  const selection = select(box).call(behaviour).on('dblclick.zoom', null);
  const transform = behaviour.transform.bind(behaviour);
  return {
    scale: () => zoomTransform(box).rescaleX(base()),
    zoom: (factor) => void selection.call(behaviour.scaleBy.bind(behaviour), factor),
    pan: (share) => void selection.call(behaviour.translateBy.bind(behaviour), (share * (right - left)) / zoomTransform(box).k, 0),
    fit: () => void selection.call(transform, zoomIdentity),
    show: (fromMs, toMs) => {
      const [from, to] = [base()(fromMs), base()(toMs)];
      const k = Math.max(1, Math.min(behaviour.scaleExtent()[1], ((right - left) * SHARE) / Math.max(0.001, to - from)));
      selection.call(transform, zoomIdentity.translate((left + right) / 2 - (k * (from + to)) / 2, 0).scale(k));
    },
    resize: (newLeft, newRight, height) => {
      [left, right] = [newLeft, newRight];
      behaviour.extent([[left, 0], [right, height]]).translateExtent([[left, -Infinity], [right, Infinity]]);
      selection.call(transform, zoomTransform(box));
    },
  };
}

/** A wheel alone scrolls the lanes, and a finger the page. */
function isMeant(event: Event): boolean {
  if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey;
  if ('touches' in event) return (event as TouchEvent).touches.length > 1;
  return !(event instanceof MouseEvent) || event.button === 0;
}
