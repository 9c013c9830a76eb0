import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface ScrollerProps {
  /** what the table holds, or the id of what says so */
  label?: string;
  labelledBy?: string;
  class?: string;
  children: ComponentChildren;
}

/**
 * Holds one table, which is never wider than its place: as it is where there is room; with broken lines and less space where
 * there is less; and one row below the other, each value with its name, where even that is too wide.
 */
export function Scroller({ label, labelledBy, class: extra, children }: ScrollerProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current!;
    let width = -1;
    const again = () => {
      if (element.clientWidth !== width) {
        width = element.clientWidth;
        fit(element);
      }
    };
    again();
    const observer = new ResizeObserver(again);
    observer.observe(element);
    return () => observer.disconnect();
  });
  return (
    <div ref={box} class={extra ? `scroller ${extra}` : 'scroller'} tabIndex={0} role="region" aria-label={label} aria-labelledby={labelledBy}>
      {children}
    </div>
  );
}

function fit(box: HTMLElement) {
  const table = box.querySelector('table')!;
  table.classList.remove('is-tight', 'is-stacked');
  for (const next of ['is-tight', 'is-stacked']) {
    if (box.scrollWidth <= box.clientWidth) {
      return;
    }
    table.classList.remove('is-tight');
    table.classList.add(next);
  }
  nameCells(table);
}

/** Each cell gets the title of its column, which stands above it no longer. */
function nameCells(table: HTMLTableElement) {
  const titles = [...table.querySelectorAll('thead tr:last-child > *')].map((cell) => cell.firstChild?.textContent?.replace(/[▲▼↕]/g, '').trim() ?? '');
  table.querySelectorAll('tbody > tr').forEach((row) =>
    [...row.children].forEach((cell, index) => {
      if (cell instanceof HTMLElement && row.children.length > 1) {
        cell.dataset.title = titles[index] ?? '';
      }
    }));
}
