import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** A place in a drawing that answers to the pointer and to the arrow keys; x and y in pixels of the drawing. */
export interface HoverPoint {
  x: number;
  y: number;
  /** what is read out */
  text: string;
  /** what is shown, where that is more than the text */
  content?: () => ComponentChildren;
  /** what a click, or Enter, leads to */
  onPick?: () => void;
}

export interface Drawing {
  /** one element, or several that stand below each other */
  elements: Element[];
  points?: HoverPoint[];
}

interface PlotBoxProps {
  /** what is to be seen, in a sentence: the text alternative */
  label: string;
  /** draws for a width in pixels; called again when the width or one of the inputs changes */
  draw: (width: number) => Drawing;
  inputs: unknown[];
  /** nearest point in both directions, or nearest in x with a line through the whole */
  hover?: 'nearest' | 'x';
}

/** Holds a drawing: draws again on resize, shows what the pointer or the arrow keys are at. */
export function PlotBox({ label, draw, inputs, hover = 'nearest' }: PlotBoxProps) {
  const outer = useRef<HTMLDivElement>(null);
  const holder = useRef<HTMLDivElement>(null);
  const points = useRef<HoverPoint[]>([]);
  const [width, setWidth] = useState(0);
  const [active, setActive] = useState<number | null>(null);
  const [byKey, setByKey] = useState(false);
  const [hoverable, setHoverable] = useState(false);
  const hint = useId();

  useLayoutEffect(() => {
    const element = outer.current!;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (width === 0) {
      return;
    }
    const drawing = draw(width);
    drawing.elements.forEach((element, index) => {
      // Plot names its groups of marks for screen readers, who are told the whole by the label
      element.querySelectorAll('[aria-label]').forEach((part) => part.removeAttribute('aria-label'));
      element.setAttribute('role', 'img');
      element.setAttribute('aria-label', index === 0 ? label : `${label} (part ${index + 1})`);
    });
    holder.current!.replaceChildren(...drawing.elements);
    points.current = drawing.points ?? [];
    setHoverable(points.current.length > 0);
    setActive(null);
  }, [width, label, ...inputs]);

  useEffect(() => {
    if (active === null) {
      return;
    }
    const close = (event: KeyboardEvent) => event.key === 'Escape' && setActive(null);
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [active === null]);

  const onPointer = useCallback((event: PointerEvent) => {
    const box = holder.current!.getBoundingClientRect();
    setByKey(false);
    setActive(nearest(points.current, event.clientX - box.left, event.clientY - box.top, hover));
  }, [hover]);

  const onKey = (event: KeyboardEvent) => {
    const pick = active === null ? undefined : points.current[active]?.onPick;
    if (event.key === 'Enter' && pick) {
      event.preventDefault();
      pick();
      return;
    }
    const next = afterKey(points.current, active, event.key, hover);
    if (next !== undefined) {
      event.preventDefault();
      setByKey(true);
      setActive(next);
    }
  };

  const point = active === null ? undefined : points.current[active];
  return (
    <div ref={outer}>
      <div
        class={hoverable ? 'plot-box hoverable' : 'plot-box'}
        {...(hoverable ? { tabIndex: 0, role: 'group', 'aria-label': 'Chart', 'aria-describedby': hint } : {})}
        onPointerMove={hoverable ? onPointer : undefined}
        onPointerDown={hoverable ? onPointer : undefined}
        onPointerLeave={() => setActive(null)}
        onClick={hoverable ? () => active !== null && points.current[active]?.onPick?.() : undefined}
        onKeyDown={hoverable ? onKey : undefined}
        onBlur={() => setActive(null)}
      >
        {hoverable && <span id={hint} class="hidden-visually">Arrow keys step through the data, Enter shows the rows where there are some, Escape closes.</span>}
        <div ref={holder} />
        {point && hover === 'x' && <div class="plot-rule" style={{ left: `${point.x}px` }} />}
        {point && hover === 'nearest' && <div class="plot-ring" style={{ left: `${point.x}px`, top: `${point.y}px` }} />}
        {point && <Tooltip x={point.x} y={point.y} width={width}>{point.content ? point.content() : point.text}</Tooltip>}
        {hoverable && <div class="hidden-visually" aria-live="polite">{byKey && point ? point.text : ''}</div>}
      </div>
    </div>
  );
}

/** Beside a place, on the side where there is room; below it where there is none on either. */
export function Tooltip({ x, y, width, children }: { x: number; y: number; width: number; children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current!;
    const own = element.offsetWidth;
    const right = x + GAP + own <= width;
    const left = x - GAP - own >= 0;
    const place = right ? x + GAP : left ? x - GAP - own : Math.max(0, Math.min(width - own, x - own / 2));
    element.style.left = `${place}px`;
    element.style.top = `${right || left ? Math.max(0, y - 12) : y + GAP}px`;
  });
  return <div ref={box} class="tooltip">{children}</div>;
}

const GAP = 14;

function nearest(points: HoverPoint[], x: number, y: number, hover: 'nearest' | 'x'): number | null {
  let best: number | null = null;
  let bestDistance = hover === 'x' ? Infinity : 40 * 40;
  points.forEach((point, index) => {
    const distance = (point.x - x) ** 2 + (hover === 'x' ? 0 : (point.y - y) ** 2);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = index;
    }
  });
  return best;
}

function afterKey(points: HoverPoint[], active: number | null, key: string, hover: 'nearest' | 'x'): number | undefined {
  if (points.length === 0) {
    return undefined;
  }
  if (key === 'Home') {
    return 0;
  }
  if (key === 'End') {
    return points.length - 1;
  }
  const forward = key === 'ArrowRight' || (hover === 'nearest' && key === 'ArrowDown');
  const backward = key === 'ArrowLeft' || (hover === 'nearest' && key === 'ArrowUp');
  if (!forward && !backward) {
    return undefined;
  }
  if (active === null) {
    return forward ? 0 : points.length - 1;
  }
  return Math.min(points.length - 1, Math.max(0, active + (forward ? 1 : -1)));
}
