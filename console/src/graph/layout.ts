import dagre from '@dagrejs/dagre';
import type { Body, Definition } from '../model/definition';
import { layered, type Box, type Layered, type Link } from './layered';

/** What is to be laid out, without anything that cannot be sent to a worker. */
interface LayoutState {
  name: string;
  type: string;
  end: boolean;
  bodies: Body[];
}

export interface LayoutRequest {
  body: Body;
  states: Record<string, LayoutState>;
  /** The states whose bodies are not shown. */
  folded: string[];
}

export interface PlacedNode {
  kind: 'state' | 'frame' | 'start' | 'end';
  /** The state's name; of a start or end, of the state whose body it is, or empty. */
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PlacedEdge {
  from: string;
  to: string;
  kind: 'next' | 'choice' | 'default' | 'catch' | 'start' | 'end';
  /** Of the rule or the catcher. */
  index: number;
  label: string;
  points: [number, number][];
  labelAt: [number, number] | null;
}

export interface Layout {
  width: number;
  height: number;
  /** Frames come before what stands in them. */
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

export const NODE = { width: 184, height: 46 };
const DOT = 14;
const HEAD = 40;
const PADDING = 16;
/** Two bodies of a Parallel stand side by side, this far apart. */
const BETWEEN = 16;
const LABEL_CHARACTERS = 28;

/** So long may a label get that would else be cut within a number. */
const LONGEST_LABEL = 40;
const NUMBER = /(?<![\w$.])-?\d+(\.\d+)?([eE][+-]?\d+)?/g;

/** A label as it stands on an edge. A part of a number would be read as another number, so it stands there whole or not at all. */
export function shortLabel(label: string): string {
  if (label.length <= LABEL_CHARACTERS) {
    return label;
  }
  let end = LABEL_CHARACTERS - 1;
  for (const { index, 0: number } of label.matchAll(NUMBER)) {
    const after = index + number.length;
    if (index < end && after > end) {
      end = after <= LONGEST_LABEL ? after : index;
      break;
    }
  }
  return end === label.length ? label : `${label.slice(0, end)}…`;
}

interface Block {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

function moved(block: Block, dx: number, dy: number): Block {
  return {
    ...block,
    nodes: block.nodes.map((node) => ({ ...node, x: node.x + dx, y: node.y + dy })),
    edges: block.edges.map((edge) => ({
      ...edge,
      points: edge.points.map(([x, y]): [number, number] => [x + dx, y + dy]),
      labelAt: edge.labelAt === null ? null : [edge.labelAt[0] + dx, edge.labelAt[1] + dy],
    })),
  };
}

/** One by one: there may be more than a call takes arguments. */
function append(block: Block, more: Block): void {
  more.nodes.forEach((node) => block.nodes.push(node));
  more.edges.forEach((edge) => block.edges.push(edge));
}

/** A state with its bodies; its own node comes first, at 0, 0. */
function stateBlock(request: LayoutRequest, name: string): Block {
  const state = request.states[name];
  if (state === undefined || state.bodies.length === 0 || request.folded.includes(name)) {
    return { ...NODE, nodes: [{ kind: 'state', name, x: 0, y: 0, ...NODE }], edges: [] };
  }
  const bodies = state.bodies.map((body) => bodyBlock(request, body, name));
  const width = Math.max(
    NODE.width,
    PADDING * 2 + bodies.reduce((sum, body) => sum + body.width, 0) + BETWEEN * (bodies.length - 1),
  );
  const height = HEAD + PADDING + Math.max(...bodies.map((body) => body.height));
  const frame: Block = { width, height, nodes: [{ kind: 'frame', name, x: 0, y: 0, width, height }], edges: [] };
  const inner = bodies.reduce((sum, body) => sum + body.width, 0) + BETWEEN * (bodies.length - 1);
  let x = (width - inner) / 2;
  for (const body of bodies) {
    const placed = moved(body, x, HEAD);
    append(frame, placed);
    x += body.width + BETWEEN;
  }
  return frame;
}

/** Bodies of more states are laid out by {@link layered}, which is quicker than dagre and nearly as neat. */
const DAGRE_AT_MOST = 150;

function bodyBlock(request: LayoutRequest, body: Body, owner: string): Block {
  const names = body.states;
  const blocks = names.map((name) => stateBlock(request, name));
  // Both ways of laying out number the states: dagre keeps nodes in plain objects, where one called __proto__ would do harm.
  const known = new Map(names.map((name, at) => [name, at]));
  const edges: Omit<PlacedEdge, 'points' | 'labelAt'>[] = [];
  const start = body.startAt !== null && known.has(body.startAt) ? names.length : -1;
  if (body.startAt !== null && start >= 0) {
    edges.push({ from: '', to: body.startAt, kind: 'start', index: 0, label: '' });
  }
  for (const edge of body.edges) {
    if (known.has(edge.from) && known.has(edge.to)) {
      edges.push({ from: edge.from, to: edge.to, kind: edge.kind, index: edge.index, label: edge.label ?? '' });
    }
  }
  const ends = names.filter((name) => request.states[name]?.end === true && request.states[name]?.type !== 'Fail');
  const end = ends.length > 0 ? names.length + (start >= 0 ? 1 : 0) : -1;
  edges.push(...ends.map((name) => ({ from: name, to: '', kind: 'end' as const, index: 0, label: '' })));

  const boxes: Box[] = blocks.map(({ width, height }) => ({ width, height }));
  for (const dot of [start, end]) {
    if (dot >= 0) {
      boxes[dot] = { width: DOT, height: DOT };
    }
  }
  const links = edges.map((edge) => ({ from: known.get(edge.from) ?? start, to: known.get(edge.to) ?? end }));
  const placed: Placed = names.length > DAGRE_AT_MOST ? layered(boxes, links) : byDagre(boxes, links, edges);

  const block: Block = { width: placed.width, height: placed.height, nodes: [], edges: [] };
  for (const [dot, kind] of [
    [start, 'start'],
    [end, 'end'],
  ] as const) {
    const at = placed.at[dot];
    if (at !== undefined) {
      block.nodes.push({ kind, name: owner, x: at[0] - DOT / 2, y: at[1] - DOT / 2, width: DOT, height: DOT });
    }
  }
  blocks.forEach((inner, index) => {
    const [x, y] = placed.at[index] ?? [0, 0];
    append(block, moved(inner, x - inner.width / 2, y - inner.height / 2));
  });
  edges.forEach((edge, index) => {
    const points = placed.points[index] ?? [];
    const middle = points[Math.floor(points.length / 2)] ?? null;
    const [a, b] = points;
    // A straight line has its label half way, another one at its middle point, where dagre has left room.
    const half: [number, number] | null = points.length === 2 && a !== undefined && b !== undefined ? [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] : middle;
    block.edges.push({ ...edge, points, labelAt: edge.label === '' ? null : (placed.labels?.[index] ?? half) });
  });
  return block;
}

interface Placed extends Layered {
  labels?: ([number, number] | undefined)[];
}

function byDagre(boxes: Box[], links: Link[], edges: { kind: string; label: string }[]): Placed {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 34, edgesep: 16, marginx: 4, marginy: 4 });
  boxes.forEach((box, at) => graph.setNode(String(at), { ...box }));
  links.forEach((link, at) => {
    const { kind, label } = edges[at] ?? { kind: 'next', label: '' };
    const short = shortLabel(label);
    graph.setEdge(
      String(link.from),
      String(link.to),
      {
        weight: kind === 'catch' ? 1 : kind === 'next' ? 4 : 2,
        minlen: 1,
        ...(short === '' ? {} : { width: short.length * 6.2 + 12, height: 18, labelpos: 'c' }),
      },
      String(at),
    );
  });
  dagre.layout(graph);
  const size = graph.graph();
  const labels: ([number, number] | undefined)[] = [];
  const points = links.map((link, at) => {
    const edge = graph.edge(String(link.from), String(link.to), String(at)) as { points: { x: number; y: number }[]; x?: number; y?: number };
    labels.push(edge.x === undefined || edge.y === undefined ? undefined : [edge.x, edge.y]);
    return edge.points.map((point): [number, number] => [point.x, point.y]);
  });
  return {
    width: size.width ?? NODE.width,
    height: size.height ?? NODE.height,
    at: boxes.map((_, at): [number, number] => {
      const { x, y } = graph.node(String(at));
      return [x, y];
    }),
    points,
    labels,
  };
}

/** Lays a definition out; what it gives depends on the request alone. */
export function layOut(request: LayoutRequest): Layout {
  const block = bodyBlock(request, request.body, '');
  return { width: block.width, height: block.height, nodes: block.nodes, edges: block.edges };
}

/** What of a definition is laid out. */
export function layoutRequest(definition: Definition, folded: Iterable<string>): LayoutRequest {
  const states: Record<string, LayoutState> = Object.create(null) as Record<string, LayoutState>;
  for (const [name, state] of definition.states) {
    states[name] = { name, type: state.type, end: state.end, bodies: state.bodies };
  }
  return { body: definition.body, states, folded: [...folded] };
}
