import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { count, counted, duration } from '../model/format';
import { isOpen, scopeName, type Scope, type Visit } from '../model/visit';
import { ofVisit, type Status } from '../model/status';
import { theme } from '../preferences';
import { StatusIcon } from '../ui/icons';
import { Virtual } from '../ui/Virtual';
import { chooseEvent } from './selection';
import { itemsInOrder } from './Timeline';

const KINDS: [Status, string][] = [
  ['fail', 'Failed'],
  ['run', 'Running'],
  ['wait', 'Waiting'],
  ['stop', 'Aborted'],
  ['ok', 'Succeeded'],
];

function statusOf(scope: Scope): Status {
  if (isOpen(scope.status)) {
    const last = scope.visits.at(-1);
    return last !== undefined && (last.status === 'waiting' || last.status === 'retrying') ? 'wait' : 'run';
  }
  return ofVisit(scope.status).status;
}

/** Why a Map came to its end, in words. */
function completion(visit: Visit): string {
  const total = visit.children.length;
  const failed = visit.children.filter((child) => child.status === 'failed').length;
  const ok = visit.children.filter((child) => child.status === 'succeeded').length;
  if (isOpen(visit.status)) {
    return `${count(ok)} of ${count(total)} done so far${failed > 0 ? `, ${count(failed)} failed` : ''}.`;
  }
  if (visit.status === 'succeeded') {
    return failed === 0 ? `All ${counted(total, 'item')} succeeded.` : `${count(ok)} of ${counted(total, 'item')} succeeded; ${count(failed)} failed, which was tolerated.`;
  }
  return `Stopped: ${count(failed)} of ${counted(total, 'item')} failed${visit.cause === '' ? '' : `. ${visit.cause}`}`;
}

/** Many cells on one canvas: a square for each item, whatever their number. */
function Cells({ items, chosen, onChoose }: { items: Scope[]; chosen: Scope | null; onChoose: (scope: Scope) => void }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(320);
  const [over, setOver] = useState<Scope | null>(null);
  const size = items.length <= 400 ? 14 : items.length <= 5_000 ? 9 : items.length <= 30_000 ? 6 : 4;
  const gap = size > 6 ? 2 : 1;
  const step = size + gap;
  const columns = Math.max(1, Math.floor(width / step));
  const height = Math.ceil(items.length / columns) * step;

  useEffect(() => {
    const element = box.current;
    if (element === null) {
      return;
    }
    const sizes = new ResizeObserver(() => setWidth(element.clientWidth));
    sizes.observe(element);
    setWidth(element.clientWidth);
    return () => sizes.disconnect();
  }, []);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context === null || context === undefined) {
      return;
    }
    const ratio = Math.min(2, devicePixelRatio);
    element.width = Math.round(columns * step * ratio);
    element.height = Math.round(Math.max(step, height) * ratio);
    context.scale(ratio, ratio);
    const look = getComputedStyle(document.documentElement);
    const colours = Object.fromEntries(['ok', 'fail', 'run', 'wait', 'warn', 'stop', 'none'].map((name) => [name, look.getPropertyValue(`--${name}`)]));
    items.forEach((item, at) => {
      context.fillStyle = colours[statusOf(item)] ?? '';
      context.fillRect((at % columns) * step, Math.floor(at / columns) * step, size, size);
      if (item === chosen) {
        context.strokeStyle = look.getPropertyValue('--text');
        context.lineWidth = 2;
        context.strokeRect((at % columns) * step, Math.floor(at / columns) * step, size, size);
      }
    });
  }, [items, columns, size, chosen, theme.value, width]);

  const at = (event: MouseEvent): Scope | null => {
    const bounds = canvas.current?.getBoundingClientRect();
    if (bounds === undefined) {
      return null;
    }
    const column = Math.floor((event.clientX - bounds.left) / step);
    const row = Math.floor((event.clientY - bounds.top) / step);
    return column < columns ? (items[row * columns + column] ?? null) : null;
  };
  return (
    <div class="cells" ref={box}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${counted(items.length, 'item')} as squares, failed ones first; the list below has the same items`}
        style={{ width: `${columns * step}px`, height: `${Math.max(step, height)}px` }}
        onMouseMove={(event) => setOver(at(event))}
        onMouseLeave={() => setOver(null)}
        onClick={(event) => {
          const item = at(event);
          if (item !== null) {
            onChoose(item);
          }
        }}
      />
      <p class="cells-over muted" aria-hidden="true">
        {over === null ? 'Failed first. Point at a square to see its name, click to open it.' : `${scopeName(over)}: ${ofVisit(over.status).word.toLowerCase()}${over.error === '' ? '' : `, ${over.error}`}`}
      </p>
    </div>
  );
}

/** The items of a Map: as squares and as a list, failed ones first, found by status and text. */
export function MapGrid({ visit, version, now }: { visit: Visit; version: number; now: number }): JSX.Element {
  const [kind, setKind] = useState<Status | null>(null);
  const [search, setSearch] = useState('');
  const counts = useMemo(() => {
    const each = new Map<Status, number>();
    for (const item of visit.children) {
      const status = statusOf(item);
      each.set(status, (each.get(status) ?? 0) + 1);
    }
    return each;
  }, [version, visit]);
  const items = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    const fitting = visit.children.filter(
      (item) =>
        (kind === null || statusOf(item) === kind) &&
        (wanted === '' || `${scopeName(item)} ${item.index} ${item.error} ${item.visits.at(-1)?.cause ?? ''}`.toLowerCase().includes(wanted)),
    );
    return itemsInOrder(fitting);
  }, [version, visit, kind, search]);
  return (
    <div class="map-grid">
      <p>{completion(visit)}</p>
      <div class="filters small">
        <input type="search" aria-label="Search items" placeholder="Search items and errors" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
        <div class="chips" role="group" aria-label="Status of items">
          {KINDS.filter(([status]) => counts.has(status)).map(([status, word]) => (
            <button key={status} type="button" class={`chip s-${status}`} aria-pressed={kind === status} onClick={() => setKind(kind === status ? null : status)}>
              <StatusIcon status={status} />
              {word} {count(counts.get(status) ?? 0)}
            </button>
          ))}
        </div>
      </div>
      <div class="cells-box" tabIndex={0} role="group" aria-label="Items as squares">
        <Cells items={items} chosen={null} onChoose={(item) => chooseEvent(item.event)} />
      </div>
      <Virtual
        class="item-rows"
        label="Items, failed first"
        count={items.length}
        rowHeight={28}
        row={(index) => {
          const item = items[index];
          if (item === undefined) {
            return null;
          }
          return (
            <button key={item.event} type="button" class="visit-row" onClick={() => chooseEvent(item.event)}>
              <StatusIcon status={statusOf(item)} />
              <span>{scopeName(item)}</span>
              <span class="visit-error">{item.error}</span>
              <span class="muted number">{duration((item.endedAt ?? now) - item.startedAt)}</span>
            </button>
          );
        }}
      />
    </div>
  );
}
