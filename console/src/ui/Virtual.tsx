import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Properties {
  count: number;
  rowHeight: number;
  label: string;
  row: (index: number) => ComponentChildren;
  /** The row that is to be seen; scrolled to when it changes. */
  follow?: number | null;
  /** Stands above the rows and does not scroll away. */
  head?: ComponentChildren;
  onVisible?: (first: number, last: number) => void;
  class?: string;
}

/** Browsers do not lay out what is taller; beyond it the rows are reached in proportion. */
const TALLEST = 15_000_000;
const OVERSCAN = 8;

/** Rows of one height, of which only those are made that can be seen. */
export function Virtual(properties: Properties): JSX.Element {
  const { count, rowHeight, label, row, follow, head, onVisible } = properties;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) {
      return;
    }
    const look = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);

  const full = count * rowHeight;
  const height = Math.min(full, TALLEST);
  const travel = Math.max(1, height - view.height);
  const shown = Math.ceil(view.height / rowHeight);
  const start = full <= TALLEST ? view.top / rowHeight : (Math.min(view.top, travel) / travel) * Math.max(0, count - shown);
  const first = Math.max(0, Math.floor(start) - OVERSCAN);
  const last = Math.min(count, Math.ceil(start) + shown + OVERSCAN);
  const offset = view.top - (start - first) * rowHeight;

  useLayoutEffect(() => onVisible?.(first, last), [first, last]);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || follow === undefined || follow === null || follow < 0) {
      return;
    }
    const top = full <= TALLEST ? follow * rowHeight : (follow / Math.max(1, count - shown)) * travel;
    if (top < element.scrollTop + rowHeight || top > element.scrollTop + element.clientHeight - 2 * rowHeight) {
      element.scrollTop = Math.round((top - element.clientHeight / 3) / rowHeight) * rowHeight;
    }
  }, [follow]);

  const rows: ComponentChildren[] = [];
  for (let index = first; index < last; index++) {
    rows.push(row(index));
  }
  return (
    <div class={`virtual ${properties.class ?? ''}`} ref={box} tabIndex={0} role="group" aria-label={label}>
      {head}
      <div class="virtual-all" style={{ height: `${height}px` }}>
        <div class="virtual-shown" style={{ transform: `translateY(${full <= TALLEST ? first * rowHeight : offset}px)` }}>
          {rows}
        </div>
      </div>
    </div>
  );
}
