import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { Definition } from '../model/definition';
import { count, counted, duration } from '../model/format';
import type { Run } from '../model/run';
import { isOpen, scopeName, waitsForToken, type Scope, type Visit } from '../model/visit';
import { joined, scaleOf, ticks, type Scale, type Span } from '../model/scale';
import { ofAttempt, ofVisit } from '../model/status';
import { Button } from '../ui/basic';
import { followPointer } from '../ui/drag';
import { Icon, StatusIcon } from '../ui/icons';
import { Virtual } from '../ui/Virtual';
import { chooseEvent, type Selection } from './selection';

interface Row {
  kind: 'visit' | 'scope' | 'more';
  depth: number;
  visit: Visit;
  scope: Scope | null;
  /** Items that are not shown. */
  rest: number;
}

const ITEMS_AT_FIRST = 50;

/** Failed ones first, then those that are open, then the rest in their order. */
export function itemsInOrder(scopes: Scope[]): Scope[] {
  const rank = (scope: Scope): number => (scope.status === 'failed' ? 0 : isOpen(scope.status) ? 1 : scope.status === 'aborted' ? 2 : 3);
  return scopes.toSorted((a, b) => rank(a) - rank(b) || a.index - b.index);
}

function flatten(run: Run, opened: ReadonlyMap<number, boolean>, limits: ReadonlyMap<number, number>, selection: Selection, order: (map: Visit) => Scope[]): Row[] {
  const rows: Row[] = [];
  const chosen = new Set<Scope>();
  for (let scope = selection.scope ?? selection.visit?.scope ?? null; scope !== null; scope = scope.owner?.scope ?? null) {
    chosen.add(scope);
  }
  const walk = (scope: Scope, depth: number): void => {
    for (const visit of scope.visits) {
      rows.push({ kind: 'visit', depth, visit, scope: null, rest: 0 });
      if (visit.children.length > 0 && isOpened(visit, opened)) {
        const limit = limits.get(visit.id) ?? ITEMS_AT_FIRST;
        const ordered = visit.type === 'Map' ? order(visit) : visit.children;
        const first = ordered.slice(0, limit);
        const beyond = [...chosen].filter((child) => child.owner === visit && !first.includes(child));
        for (const child of [...first, ...beyond]) {
          rows.push({ kind: 'scope', depth: depth + 1, visit, scope: child, rest: 0 });
          if (opened.get(-child.event) ?? visit.type === 'Parallel') {
            walk(child, depth + 2);
          }
        }
        if (ordered.length > limit) {
          rows.push({ kind: 'more', depth: depth + 1, visit, scope: null, rest: ordered.length - limit });
        }
      }
    }
  };
  walk(run.root, 0);
  return rows;
}

function isOpened(visit: Visit, opened: ReadonlyMap<number, boolean>): boolean {
  return opened.get(visit.id) ?? (visit.type === 'Parallel' || visit.children.length <= 10);
}

/** Whether somebody outside does the task: then waiting for it costs nothing. */
function isOutside(visit: Visit): boolean {
  return visit.submitted !== null || waitsForToken(visit);
}

/** When something was worked on; what is still under way goes on and on. */
function busySpans(run: Run): Span[] {
  const spans: Span[] = [];
  for (const visit of run.visits) {
    spans.push([visit.enteredAt, visit.enteredAt]);
    if (visit.leftAt !== null) {
      spans.push([visit.leftAt, visit.leftAt]);
    }
    for (const attempt of visit.attempts) {
      spans.push(isOutside(visit) ? [attempt.startedAt, attempt.startedAt] : [attempt.startedAt, attempt.endedAt ?? Infinity]);
    }
  }
  return joined(spans);
}

interface Window {
  a: number;
  b: number;
}

function Bars({ visit, left, now }: { visit: Visit; left: (at: number) => number; now: number }): JSX.Element {
  const box = (from: number, to: number): { left: string; width: string } => {
    const start = left(from);
    return { left: `${start * 100}%`, width: `max(3px, ${(left(to) - start) * 100}%)` };
  };
  const end = visit.leftAt ?? now;
  const saying = ofVisit(visit.status);
  const bars: JSX.Element[] = [];
  if (visit.type === 'Wait' || visit.type === 'Map' || visit.type === 'Parallel') {
    const kind = visit.type === 'Wait' ? 'bar-wait' : `bar-frame s-${saying.status}`;
    bars.push(
      <i key="all" class={kind} style={box(visit.enteredAt, end)} title={visit.type === 'Wait' ? `Waits ${duration(end - visit.enteredAt)}; nothing runs and nothing is paid for` : ''} />,
    );
  } else if (visit.attempts.length > 0) {
    bars.push(<i key="whole" class="bar-line" style={box(visit.enteredAt, end)} />);
  } else {
    bars.push(<i key="all" class={`bar-work fill-${saying.status}`} style={box(visit.enteredAt, end)} />);
  }
  visit.attempts.forEach((attempt, at) => {
    const outside = isOutside(visit);
    const stop = attempt.endedAt ?? now;
    const before = visit.attempts[at - 1];
    if (before?.endedAt !== null && before?.endedAt !== undefined) {
      bars.push(
        <i key={`gap ${at}`} class="bar-backoff" style={box(before.endedAt, attempt.startedAt)} title={`Backs off ${duration(attempt.startedAt - before.endedAt)} before attempt ${at + 1}`} />,
      );
    }
    bars.push(
      <i
        key={at}
        class={outside && attempt.outcome !== 'failed' ? 'bar-wait' : `bar-work fill-${ofAttempt(attempt)}`}
        style={box(attempt.startedAt, stop)}
        title={`Attempt ${at + 1}: ${duration(stop - attempt.startedAt)}${outside ? ', done outside: waiting is free' : ''}${attempt.error === '' ? '' : `, ${attempt.error}`}`}
        onClick={(event) => {
          event.stopPropagation();
          chooseEvent(attempt.event);
        }}
      />,
    );
  });
  return <>{bars}</>;
}

function Brush({ run, scale, view, now, onView }: { run: Run; scale: Scale; view: Window; now: number; onView: (view: Window) => void }): JSX.Element {
  const track = useRef<HTMLDivElement>(null);
  const marks = useMemo(() => {
    // At most so many columns, each as bad as the worst in it.
    const columns = 240;
    const rank = { fail: 4, run: 3, wait: 1, ok: 2 } as const;
    const tones: (keyof typeof rank | undefined)[] = Array.from({ length: columns });
    for (const visit of run.visits) {
      const spans: [number, number, keyof typeof rank][] =
        visit.type === 'Wait'
          ? [[visit.enteredAt, visit.leftAt ?? now, 'wait']]
          : visit.attempts.map((attempt) => [
              attempt.startedAt,
              attempt.endedAt ?? now,
              attempt.outcome === 'failed' || attempt.outcome === 'timedOut' ? 'fail' : isOutside(visit) ? 'wait' : attempt.outcome === 'open' ? 'run' : 'ok',
            ]);
      for (const [from, to, tone] of spans) {
        const last = Math.min(columns - 1, Math.floor(scale.place(to) * columns));
        for (let at = Math.max(0, Math.floor(scale.place(from) * columns)); at <= last; at++) {
          const known = tones[at];
          if (known === undefined || rank[tone] > rank[known]) {
            tones[at] = tone;
          }
        }
      }
    }
    return tones.map((tone, at) => (tone === undefined ? null : <rect key={at} class={`fill-${tone}`} x={at} y={0} width={1.05} height={1} />));
  }, [run.seen, scale]);

  const at = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    return box === undefined ? 0 : Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const onPointerDown = (event: PointerEvent): void => {
    event.preventDefault();
    const from = at(event);
    followPointer((move) => {
      const to = at(move);
      if (Math.abs(to - from) > 0.005) {
        onView({ a: Math.min(from, to), b: Math.max(from, to) });
      }
    });
  };
  return (
    <div class="brush" ref={track} onPointerDown={onPointerDown} onDblClick={() => onView({ a: 0, b: 1 })} title="Drag over a stretch to see it larger; click twice to see all">
      <svg viewBox="0 0 240 1" preserveAspectRatio="none" aria-hidden="true">
        {marks}
      </svg>
      <i class="brush-off" style={{ left: 0, width: `${view.a * 100}%` }} />
      <i class="brush-off" style={{ left: `${view.b * 100}%`, right: 0 }} />
      {(view.a > 0 || view.b < 1) && <i class="brush-on" style={{ left: `${view.a * 100}%`, width: `${(view.b - view.a) * 100}%` }} />}
    </div>
  );
}

/** Every state with a bar for the time that it took, attempts and waits apart; idle time is folded. */
export function Timeline({ run, definition, selection, now, version }: {
  run: Run;
  definition: Definition | null;
  selection: Selection;
  now: number;
  version: number;
}): JSX.Element {
  const [opened, setOpened] = useState<ReadonlyMap<number, boolean>>(new Map());
  const [limits, setLimits] = useState<ReadonlyMap<number, number>>(new Map());
  const [folding, setFolding] = useState(true);
  const [view, setView] = useState<Window>({ a: 0, b: 1 });
  const from = run.root.startedAt;
  const to = run.root.endedAt ?? Math.max(now, run.lastAt);
  // Time goes on each second; what was worked on is gathered anew only when something was read.
  const busy = useMemo(() => busySpans(run), [version]);
  const scale = useMemo(() => scaleOf(from, to, busy, folding), [from, to, busy, folding]);
  // What leads to the chosen state is open, whatever the reader has closed.
  const shown = useMemo(() => {
    const all = new Map(opened);
    for (let scope = selection.visit?.scope; scope !== undefined && scope.owner !== null; scope = scope.owner.scope) {
      all.set(-scope.event, true).set(scope.owner.id, true);
    }
    if (selection.scope !== null) {
      all.set(selection.scope.owner?.id ?? 0, true);
    }
    return all;
  }, [opened, selection.event, selection.visit]);
  // Sorted once for all that is chosen and opened until more is read.
  const order = useMemo(() => {
    const known = new Map<Visit, Scope[]>();
    return (map: Visit): Scope[] => {
      const ordered = known.get(map) ?? itemsInOrder(map.children);
      known.set(map, ordered);
      return ordered;
    };
  }, [version]);
  const rows = useMemo(() => flatten(run, shown, limits, selection, order), [order, shown, limits, selection.event]);
  const left = (at: number): number => (scale.place(at) - view.a) / (view.b - view.a);
  const marks = useMemo(() => ticks(scale, view.a, view.b, innerWidth < 800 ? 3 : 9), [scale, view]);
  const follow = useMemo(() => {
    if (selection.visit === null) {
      return null;
    }
    const at = rows.findIndex((row) =>
      selection.scope === null ? row.kind === 'visit' && row.visit === selection.visit : row.scope === selection.scope,
    );
    return at < 0 ? null : at;
  }, [selection.event, rows.length]);

  const toggle = (id: number, open: boolean): void => setOpened(new Map(opened).set(id, open));

  if (run.seen === 0) {
    return <p class="muted padded">No event yet.</p>;
  }
  return (
    <div class="timeline">
      <div class="timeline-head">
        <div class="timeline-tools">
          <Button kind="quiet" pressed={folding} title="Time in which nothing runs takes little room" onClick={() => setFolding(!folding)}>
            Fold idle time
          </Button>
          {(view.a > 0 || view.b < 1) && (
            <Button kind="quiet" icon="fit" onClick={() => setView({ a: 0, b: 1 })}>
              All
            </Button>
          )}
        </div>
        <div class="timeline-axis">
          <Brush run={run} scale={scale} view={view} now={to} onView={setView} />
          <div class="ticks" aria-hidden="true">
            {marks.filter((mark) => (mark.place - view.a) / (view.b - view.a) < (innerWidth < 800 ? 0.75 : 0.92)).map((mark) => (
              <span key={mark.at} style={{ left: `${((mark.place - view.a) / (view.b - view.a)) * 100}%` }}>
                {mark.at - from < 0.0005 ? '0' : duration(mark.at - from)}
              </span>
            ))}
          </div>
        </div>
      </div>
      <Virtual
        class="timeline-rows"
        label="Timeline of the states"
        count={rows.length}
        rowHeight={28}
        follow={follow}
        row={(index) => {
          const row = rows[index];
          if (row === undefined) {
            return null;
          }
          const { visit, scope } = row;
          if (row.kind === 'more') {
            return (
              <div key={`more ${visit.id}`} class="timeline-row">
                <div class="timeline-name" style={{ paddingLeft: `${12 + row.depth * 16}px` }}>
                  <button type="button" class="link" onClick={() => setLimits(new Map(limits).set(visit.id, (limits.get(visit.id) ?? ITEMS_AT_FIRST) + 200))}>
                    {counted(row.rest, 'more item')}
                  </button>
                </div>
                <div class="timeline-bars" />
              </div>
            );
          }
          const status = ofVisit(scope?.status ?? visit.status);
          const id = scope === null ? visit.id : -scope.event;
          const opens = scope === null ? visit.children.length > 0 : scope.visits.length > 0;
          const isOpenNow = scope === null ? isOpened(visit, shown) : (shown.get(id) ?? visit.type === 'Parallel');
          const event = scope === null ? visit.id : scope.event;
          const chosen = scope === null ? selection.visit === visit && selection.scope === null : selection.scope === scope;
          const start = scope?.startedAt ?? visit.enteredAt;
          const end = scope === null ? visit.leftAt : scope.endedAt;
          const span = (end ?? to) - start;
          const retries = scope === null ? visit.attempts.length - 1 : 0;
          return (
            <div key={id} class={`timeline-row ${chosen ? 'chosen' : ''} ${scope === null ? '' : 'of-scope'}`} onClick={() => chooseEvent(event)}>
              <div class="timeline-name" style={{ paddingLeft: `${8 + row.depth * 16}px` }}>
                {opens ? (
                  <button
                    type="button"
                    class="twist"
                    aria-expanded={isOpenNow}
                    aria-label={`${isOpenNow ? 'Close' : 'Open'} ${scope === null ? visit.state : scopeName(scope)}`}
                    onClick={(click) => {
                      click.stopPropagation();
                      toggle(id, !isOpenNow);
                    }}
                  >
                    <Icon name={isOpenNow ? 'fold' : 'right'} />
                  </button>
                ) : (
                  <span class="twist" />
                )}
                <StatusIcon status={status.status} />
                <button
                  type="button"
                  class="timeline-label"
                  aria-label={`${scope === null ? visit.state : scopeName(scope)}: ${status.word}, ${duration(span)}`}
                  aria-pressed={chosen}
                  title={scope === null ? visit.state : scopeName(scope)}
                >
                  {scope === null ? visit.state : scopeName(scope)}
                </button>
                {scope === null && visit.type === 'Map' && <span class="row-note">{counted(visit.children.length, 'item')}</span>}
                {retries > 0 && <span class="row-note warn">{count(retries)} {retries === 1 ? 'retry' : 'retries'}</span>}
              </div>
              <div class="timeline-bars">
                {scale.folds.map((fold) => {
                  const x = (fold.start - view.a) / (view.b - view.a);
                  const width = (fold.end - fold.start) / (view.b - view.a);
                  return x > 1 || x + width < 0 ? null : <i key={fold.from} class="fold-band" style={{ left: `${x * 100}%`, width: `${width * 100}%` }} />;
                })}
                {scope === null ? (
                  <Bars visit={visit} left={left} now={to} />
                ) : (
                  <i
                    class={`bar-frame s-${status.status}`}
                    style={{ left: `${left(start) * 100}%`, width: `max(3px, ${(left(end ?? to) - left(start)) * 100}%)` }}
                  />
                )}
              </div>
              <span class="timeline-span">{duration(span)}</span>
            </div>
          );
        }}
      />
      <div class="timeline-foot" aria-hidden="true">
        <span class="legend"><i class="bar-work fill-ok" /> worked</span>
        <span class="legend"><i class="bar-work fill-fail" /> failed attempt</span>
        <span class="legend"><i class="bar-backoff" /> backs off</span>
        <span class="legend"><i class="bar-wait" /> waits, free</span>
        {scale.folds.length > 0 && (
          <span class="legend">
            <i class="fold-band" /> {duration(scale.folds.reduce((sum, fold) => sum + fold.to - fold.from, 0))} idle, folded
          </span>
        )}
        {definition === null && <span>The definition cannot be read.</span>}
      </div>
    </div>
  );
}
