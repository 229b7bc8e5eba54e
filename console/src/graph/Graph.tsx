import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Definition, StateNode } from '../model/definition';
import type { Coverage, Mark } from '../model/coverage';
import { count, counted } from '../model/format';
import { edgeKey } from '../model/run';
import type { Tally } from '../model/tally';
import type { Status } from '../model/status';
import { Button, say } from '../ui/basic';
import { followPointer } from '../ui/drag';
import { StatusShape } from '../ui/icons';
import { cut } from '../ui/measure';
import { exportPng, exportSvg } from './export';
import { layoutRequest, shortLabel, type Layout, type PlacedEdge, type PlacedNode } from './layout';
import { layoutOf } from './layouts';

interface Properties {
  definition: Definition;
  /** How the states stand; null for a definition that nothing has run. */
  tallies: Map<string, Tally> | null;
  taken: Set<string> | null;
  chosen: string | null;
  onChoose: (state: string | null) => void;
  /** What is to be seen first when not all of the graph can be. */
  focus?: string | null;
  /** What an exported file is called. */
  name: string;
  /** Problems by state, for the editor. */
  problems?: Map<string, string>;
  /** What tests came to, to be shown in place of how an execution went. */
  coverage?: Coverage;
}

const WORDS: Record<Status, string> = {
  ok: 'succeeded',
  fail: 'failed',
  warn: 'failed and caught',
  run: 'running',
  wait: 'waiting',
  stop: 'aborted',
  none: '',
};

export const MARKS: Record<'reached' | 'missed', string> = { reached: 'reached', missed: 'never reached' };

/** What stands for a type where there is no status to show. */
const GLYPHS: Record<string, string> = {
  Task: 'M3 2.5h10v11H3ZM5.5 6h5M5.5 8.5h5M5.5 11h3',
  Pass: 'M2.5 8h11M9.5 4 13.5 8l-4 4',
  Choice: 'M8 1.5 14.5 8 8 14.5 1.5 8Z',
  Wait: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM8 4.5V8l2.5 1.5',
  Succeed: 'M3 8.5 6.5 12 13 4.5',
  Fail: 'M4 4l8 8M12 4l-8 8',
  Map: 'M2.5 2.5H7V7H2.5ZM9 2.5h4.5V7H9ZM2.5 9H7v4.5H2.5ZM9 9h4.5v4.5H9Z',
  Parallel: 'M4 2v12M8 2v12M12 2v12',
};

const FONT = "600 13px Inter, ui-sans-serif, system-ui, 'Segoe UI', sans-serif";
const FONT_SMALL = "400 11px Inter, ui-sans-serif, system-ui, 'Segoe UI', sans-serif";

/** One status for all times that a state was entered: what is open first, then what went wrong. */
function standing(tally: Tally | undefined): Status {
  if (tally === undefined || tally.total === 0) {
    return 'none';
  }
  if (tally.failed > 0) {
    return 'fail';
  }
  if (tally.running > 0) {
    return 'run';
  }
  if (tally.waiting > 0) {
    return 'wait';
  }
  if (tally.aborted > 0) {
    return 'stop';
  }
  return tally.caught > 0 ? 'warn' : 'ok';
}

/** A smooth line through dagre's points. */
function curve(points: [number, number][]): string {
  const [first, ...rest] = points;
  if (first === undefined) {
    return '';
  }
  if (rest.length < 2) {
    return `M${first.join(' ')}${rest.map((point) => `L${point.join(' ')}`).join('')}`;
  }
  let path = `M${first.join(' ')}`;
  for (let at = 0; at < rest.length - 1; at++) {
    const [x, y] = rest[at] ?? [0, 0];
    const [nx, ny] = rest[at + 1] ?? [0, 0];
    const last = at === rest.length - 2;
    path += `Q${x} ${y} ${last ? nx : (x + nx) / 2} ${last ? ny : (y + ny) / 2}`;
  }
  return path;
}

function EdgeLine({ edge, look }: { edge: PlacedEdge; look: Mark | 'taken' | 'idle' }): JSX.Element {
  return (
    <g class={`edge ${edge.kind} ${look}`}>
      <path d={curve(edge.points)} marker-end={`url(#arrow-${look === 'idle' ? '' : look})`} />
      {edge.labelAt !== null && (
        <g class="edge-label" transform={`translate(${edge.labelAt[0]} ${edge.labelAt[1]})`}>
          <rect
            x={-(shortLabel(edge.label).length * 6.2 + 8) / 2}
            y={-9}
            width={shortLabel(edge.label).length * 6.2 + 8}
            height={18}
            rx={4}
          />
          <text y={4} text-anchor="middle">
            <title>{edge.label}</title>
            {shortLabel(edge.label)}
          </text>
        </g>
      )}
    </g>
  );
}

/** How many items of a Map are done, as one bar. */
function Items({ tally, width }: { tally: Tally; width: number }): JSX.Element {
  const parts: [Status, number][] = [
    ['fail', tally.itemsFailed],
    ['ok', tally.itemsOk],
    ['run', tally.itemsOpen],
    ['stop', tally.items - tally.itemsFailed - tally.itemsOk - tally.itemsOpen],
  ];
  let x = 0;
  return (
    <g class="items-bar">
      {parts.map(([status, size]) => {
        const part = size === 0 ? 0 : Math.max(2, (size / tally.items) * width);
        const bar = <rect key={status} class={`fill-${status}`} x={x} y={0} width={Math.max(0, Math.min(part, width - x))} height={4} />;
        x += part;
        return part === 0 ? null : bar;
      })}
    </g>
  );
}

function StateBox(properties: {
  node: PlacedNode;
  state: StateNode;
  tally: Tally | undefined;
  coverage: Coverage | undefined;
  ran: boolean;
  chosen: boolean;
  folded: boolean;
  problem: string | undefined;
  onChoose: () => void;
  onFold: (() => void) | null;
}): JSX.Element {
  const { node, state, tally, coverage, ran, chosen, folded, problem, onChoose, onFold } = properties;
  const mark = coverage?.ofState(state.name) ?? '';
  const [tried, retriers] = coverage?.retriers(state.name) ?? [0, 0];
  const status = problem !== undefined ? 'fail' : mark === 'reached' ? 'ok' : standing(tally);
  const frame = node.kind === 'frame';
  const width = node.width;
  const total = coverage?.hits(state.name) ?? tally?.total ?? 0;
  const times = total > 1 ? `× ${count(total)}` : '';
  const retries = tally !== undefined && tally.retries > 0 ? `${count(tally.retries)} ${tally.retries === 1 ? 'retry' : 'retries'}` : '';
  const items = tally !== undefined && tally.items > 0 ? `${count(tally.items)} items${tally.itemsFailed > 0 ? `, ${count(tally.itemsFailed)} failed` : ''}` : '';
  const failed = tally !== undefined && tally.total > 1 && tally.failed > 0 ? `${count(tally.failed)} failed` : '';
  const retried = retriers > 0 ? `${tried} of ${counted(retriers, 'retrier')} reached` : '';
  const about = retried || [items || failed || state.about, retries].filter((each) => each !== '').join(' · ');
  const room = width - 34 - (times === '' ? 12 : 18 + times.length * 7) - (onFold === null ? 0 : 22);
  const shownName = cut(state.name, room, FONT);
  const shownAbout = cut(about, width - 46 - (state.retriers > 0 ? 18 : 0) - (onFold === null ? 0 : 22), FONT_SMALL);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      event.stopPropagation();
      onChoose();
    }
  };
  return (
    <g
      class={`state ${frame ? 'frame' : ''} ${mark} t-${state.type.toLowerCase()} s-${status} ${ran && status === 'none' ? 'untouched' : ''} ${chosen ? 'chosen' : ''}`}
      transform={`translate(${node.x} ${node.y})`}
      data-state={state.name}
    >
      <title>{problem === undefined ? `${state.name} (${state.type})` : `${state.name}: ${problem}`}</title>
      <g
        role="button"
        tabIndex={0}
        class="state-main"
        aria-label={[shownName, shownAbout, times, mark === '' ? WORDS[status] : MARKS[mark], shownName === state.name ? '' : state.name].filter((each) => each !== '').join(', ')}
        aria-pressed={chosen}
        onClick={(event) => {
          event.stopPropagation();
          onChoose();
        }}
        onKeyDown={onKey}
      >
        <rect class="box" width={width} height={node.height} rx={8} />
        {chosen && <rect class="halo" x={-3.5} y={-3.5} width={width + 7} height={node.height + 7} rx={11} />}
        <svg x={11} y={frame ? 11 : 15} width={16} height={16} viewBox="0 0 16 16" class={`status s-${status}`}>
          {ran || mark !== '' || problem !== undefined ? <StatusShape status={status} /> : <path class="glyph" d={GLYPHS[state.type] ?? GLYPHS['Task']} />}
        </svg>
        <text class="state-name" x={35} y={frame ? 18 : 20}>
          {shownName}
        </text>{' '}
        <text class="state-about" x={35} y={frame ? 32 : 35}>
          {shownAbout}
        </text>{' '}
        {times !== '' && (
          <text class="state-times" x={width - 12 - (onFold === null ? 0 : 22)} y={frame ? 18 : 20} text-anchor="end">
            {times}
          </text>
        )}
        {state.retriers > 0 && !frame && (
          <svg class={`retry-mark ${retriers === 0 ? '' : tried < retriers ? 'missed' : 'reached'}`} x={width - 25} y={25} width={13} height={13} viewBox="0 0 16 16" aria-hidden="true">
            <path d="M3 8a5 5 0 0 1 9-3M13 2v3.5H9.5M13 8a5 5 0 0 1-9 3M3 14v-3.5h3.5" />
          </svg>
        )}
      </g>
      {tally !== undefined && tally.items > 0 && (
        <g transform={`translate(${frame ? 35 : 12} ${frame ? 36 : node.height - 6})`}>
          <Items tally={tally} width={width - (frame ? 70 : 24)} />
        </g>
      )}
      {onFold !== null && (
        <g
          role="button"
          tabIndex={0}
          class="fold"
          aria-label={folded ? `Unfold ${state.name}` : `Fold ${state.name}`}
          aria-expanded={!folded}
          transform={`translate(${width - 30} ${frame ? 8 : 11})`}
          onClick={(event) => {
            event.stopPropagation();
            onFold();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === ' ') {
              event.preventDefault();
              event.stopPropagation();
              onFold();
            }
          }}
        >
          <rect width={24} height={24} rx={6} />
          <path d={folded ? 'M10 8l4 4-4 4' : 'M8 10l4 4 4-4'} />
        </g>
      )}
    </g>
  );
}

interface View {
  x: number;
  y: number;
  scale: number;
}

/** The graph of a definition, with what an execution made of it. */
export function Graph(properties: Properties): JSX.Element {
  const { definition, tallies, taken, chosen, onChoose, name, problems, focus, coverage } = properties;
  const [folded, setFolded] = useState<ReadonlySet<string>>(() => initiallyFolded(definition));
  const [layout, setLayout] = useState<Layout | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [view, setView] = useState<View>({ x: 0, y: 0, scale: 1 });
  const [dragging, setDragging] = useState(false);
  const svg = useRef<SVGSVGElement>(null);
  const touched = useRef(false);

  useEffect(() => {
    let current = true;
    layoutOf(layoutRequest(definition, folded)).then(
      (done) => {
        if (current) {
          setLayout(done);
          setFailure(null);
        }
      },
      (problem: Error) => {
        if (current) {
          setFailure(problem.message);
        }
      },
    );
    return () => {
      current = false;
    };
  }, [definition, folded]);

  const fit = (everything = false): void => {
    const box = svg.current?.getBoundingClientRect();
    if (layout === null || box === undefined || box.width === 0) {
      return;
    }
    const margin = 24;
    const whole = Math.min((box.width - 2 * margin) / layout.width, (box.height - 2 * margin) / layout.height, 1.15);
    // Of a tall graph the beginning is shown at a size that one can read.
    const scale = everything ? Math.max(whole, 0.02) : Math.max(whole, Math.min(0.8, (box.width - 2 * margin) / layout.width), 0.3);
    const tall = layout.height * scale > box.height - 2 * margin + 1;
    const wide = layout.width * scale > box.width - 2 * margin + 1;
    const seen = layout.nodes.find((node) => node.kind !== 'end' && (focus === null || focus === undefined ? node.kind === 'start' : node.name === focus));
    const x = seen === undefined ? layout.width / 2 : seen.x + seen.width / 2;
    const y = seen === undefined || seen.kind === 'start' ? 0 : seen.y + Math.min(seen.height, 60) / 2;
    const within = (value: number, most: number): number => Math.min(margin, Math.max(most - margin, value));
    setView({
      scale,
      x: wide ? within(box.width / 2 - x * scale, box.width - layout.width * scale) : (box.width - layout.width * scale) / 2,
      y: tall ? within(box.height / 2 - y * scale, box.height - layout.height * scale) : (box.height - layout.height * scale) / 2,
    });
  };

  const wholly = (): void => {
    touched.current = true;
    fit(true);
  };

  useLayoutEffect(() => {
    if (!touched.current) {
      fit();
    }
  }, [layout]);

  useEffect(() => {
    const element = svg.current;
    if (element === null) {
      return;
    }
    const sizes = new ResizeObserver(() => {
      if (!touched.current) {
        fit();
      }
    });
    sizes.observe(element);
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      touched.current = true;
      const box = element.getBoundingClientRect();
      const px = event.clientX - box.left;
      const py = event.clientY - box.top;
      const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015));
      setView((before) => zoomed(before, factor, px, py));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      sizes.disconnect();
      element.removeEventListener('wheel', onWheel);
    };
  }, [layout]);

  // What is chosen elsewhere comes into sight here.
  useEffect(() => {
    const box = svg.current?.getBoundingClientRect();
    const node = layout?.nodes.find((each) => each.name === chosen && (each.kind === 'state' || each.kind === 'frame'));
    if (box === undefined || node === undefined) {
      return;
    }
    setView((before) => {
      const left = node.x * before.scale + before.x;
      const top = node.y * before.scale + before.y;
      const right = left + Math.min(node.width, 400) * before.scale;
      const bottom = top + Math.min(node.height, 60) * before.scale;
      if (left >= 0 && top >= 0 && right <= box.width && bottom <= box.height) {
        return before;
      }
      touched.current = true;
      return { ...before, x: before.x + box.width / 2 - (left + right) / 2, y: before.y + box.height / 2 - (top + bottom) / 2 };
    });
  }, [chosen, layout]);

  const zoom = (factor: number): void => {
    const box = svg.current?.getBoundingClientRect();
    touched.current = true;
    setView((before) => zoomed(before, factor, (box?.width ?? 0) / 2, (box?.height ?? 0) / 2));
  };

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) {
      return;
    }
    const from = { x: event.clientX, y: event.clientY };
    const before = view;
    let moving = false;
    const onMove = (move: PointerEvent): void => {
      const dx = move.clientX - from.x;
      const dy = move.clientY - from.y;
      if (moving || Math.hypot(dx, dy) > 4) {
        moving = true;
        touched.current = true;
        setDragging(true);
        setView({ ...before, x: before.x + dx, y: before.y + dy });
      }
    };
    // The click that follows is not to choose anything.
    followPointer(onMove, () => setTimeout(() => setDragging(false), 0));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Record<string, [number, number]> = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    const move = moves[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (move !== undefined) {
      touched.current = true;
      setView((before) => ({ ...before, x: before.x + move[0], y: before.y + move[1] }));
    } else if (event.key === '+' || event.key === '=') {
      zoom(1.25);
    } else if (event.key === '-') {
      zoom(0.8);
    } else if (event.key === '0') {
      wholly();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const drawing = useMemo(() => {
    if (layout === null) {
      return null;
    }
    const caught = new Set<string>();
    for (const edge of layout.edges) {
      if (taken !== null && edge.to !== '' && edge.from !== '' && taken.has(edgeKey(edge.from, edge.to, edge.kind === 'catch'))) {
        caught.add(`${edge.from}\u0000${edge.to}\u0000${edge.kind}`);
      }
    }
    return (
      <>
        {layout.nodes.map((node) => {
          const state = definition.states.get(node.name);
          if (node.kind === 'start' || node.kind === 'end') {
            return (
              <g key={`${node.kind} ${node.name}`} class={`dot ${node.kind}`} transform={`translate(${node.x + 7} ${node.y + 7})`}>
                <title>{node.kind === 'start' ? 'Start' : 'End'}</title>
                <circle r={6} />
                {node.kind === 'end' && <circle class="inner" r={3} />}
              </g>
            );
          }
          if (state === undefined) {
            return null;
          }
          const onFold =
            state.bodies.length === 0
              ? null
              : () => {
                  const next = new Set(folded);
                  if (!next.delete(state.name)) {
                    next.add(state.name);
                  }
                  setFolded(next);
                };
          return (
            <StateBox
              key={state.name}
              node={node}
              state={state}
              tally={tallies?.get(state.name)}
              coverage={coverage}
              ran={tallies !== null}
              chosen={state.name === chosen}
              folded={folded.has(state.name)}
              problem={problems?.get(state.name)}
              onChoose={() => onChoose(state.name)}
              onFold={onFold}
            />
          );
        })}
        {layout.edges.map((edge, at) => {
          const ends = edge.from === '' || edge.to === '';
          const state = edge.from === '' ? edge.to : edge.from;
          const tally = tallies?.get(state);
          const isTaken = ends
            ? tally !== undefined && (edge.from === '' ? tally.total > 0 : tally.succeeded + tally.caught > 0)
            : caught.has(`${edge.from}\u0000${edge.to}\u0000${edge.kind}`);
          const look = coverage === undefined ? (isTaken ? 'taken' : tallies === null ? '' : 'idle') : covered(coverage, edge);
          return <EdgeLine key={at} edge={edge} look={look} />;
        })}
      </>
    );
  }, [layout, tallies, taken, chosen, folded, problems, definition, coverage]);

  const exported = (write: (element: SVGSVGElement, size: Layout, name: string) => Promise<void>): void => {
    if (svg.current !== null && layout !== null) {
      write(svg.current, layout, name).catch((problem: Error) => say(`The graph could not be saved: ${problem.message}`));
    }
  };

  return (
    <div class="graph-box">
      {failure !== null && <p class="graph-failure" role="alert">{failure}</p>}
      <svg
        ref={svg}
        class={`graph ${dragging ? 'dragging' : ''}`}
        role="group"
        aria-label="Graph of the states. Arrow keys move it, plus and minus zoom, 0 shows it whole."
        tabIndex={0}
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
        onClick={() => {
          if (!dragging) {
            onChoose(null);
          }
        }}
      >
        <defs>
          {['', 'taken', 'reached', 'missed'].map((look) => (
            <marker key={look} id={`arrow-${look}`} class={`arrow ${look}`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth={look === '' ? 7 : 5} markerHeight={look === '' ? 7 : 5} orient="auto-start-reverse">
              <path d="M0 0.5 7.5 4 0 7.5Z" />
            </marker>
          ))}
        </defs>
        <g class="graph-all" transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
          {drawing}
        </g>
      </svg>
      {coverage !== undefined && (
        <ul class="graph-legend" aria-label="Legend">
          {(['reached', 'missed'] as const).map((mark) => (
            <li key={mark}>
              <svg width="22" height="8" aria-hidden="true">
                <g class={`edge ${mark}`}>
                  <path d="M0 4H22" />
                </g>
              </svg>
              {MARKS[mark]}
            </li>
          ))}
        </ul>
      )}
      <div class="graph-tools" role="toolbar" aria-label="Graph">
        <Button icon="plus" kind="quiet" label="Zoom in" onClick={() => zoom(1.25)} />
        <Button icon="minus" kind="quiet" label="Zoom out" onClick={() => zoom(0.8)} />
        <Button icon="fit" kind="quiet" label="Show the whole graph" onClick={wholly} />
        <span class="tools-line" />
        <Button kind="quiet" title="Save the graph as SVG" onClick={() => exported(exportSvg)}>
          SVG
        </Button>
        <Button kind="quiet" title="Save the graph as PNG" onClick={() => exported(exportPng)}>
          PNG
        </Button>
      </div>
    </div>
  );
}

/** Whether tests came along an edge; that of a start is reached with its state. */
function covered(coverage: Coverage, { from, to, kind, index }: PlacedEdge): Mark {
  return kind === 'start' ? coverage.ofState(to) : kind === 'end' ? '' : coverage.ofEdge(from, kind, index);
}

function zoomed(view: View, factor: number, px: number, py: number): View {
  const scale = Math.min(3, Math.max(0.02, view.scale * factor));
  const real = scale / view.scale;
  return { scale, x: px - (px - view.x) * real, y: py - (py - view.y) * real };
}

/** A document of very many states opens with its innermost bodies folded. */
function initiallyFolded(definition: Definition): ReadonlySet<string> {
  return definition.states.size <= 120
    ? new Set()
    : new Set([...definition.states.values()].filter((state) => state.bodies.length > 0 && state.parent !== null).map((state) => state.name));
}
