/**
 * A layered layout for bodies of hundreds of states, for which dagre's ordering takes seconds: states stand in the row of their longest way from the
 * start, rows are ordered by where their neighbours stand, and each place is the nearest to its neighbours' mean that leaves room.
 */
export interface Box {
  width: number;
  height: number;
}

export interface Link {
  from: number;
  to: number;
}

export interface Layered {
  width: number;
  height: number;
  /** The middle of each box. */
  at: [number, number][];
  /** The points of each link, from box to box. */
  points: [number, number][][];
}

const ROW_GAP = 40;
const GAP = 28;
const MARGIN = 4;
const SWEEPS = 6;

interface Cell {
  /** The box; -1 where a link passes. */
  box: number;
  width: number;
  rank: number;
  x: number;
  up: number[];
  down: number[];
}

/** Links that lead back to where one came from, found depth first without recursion. */
function backward(count: number, links: Link[]): boolean[] {
  const out: number[][] = Array.from({ length: count }, () => []);
  links.forEach((link, at) => out[link.from]?.push(at));
  const state = new Uint8Array(count);
  const back = links.map((link) => link.from === link.to);
  for (let root = 0; root < count; root++) {
    if (state[root] !== 0) {
      continue;
    }
    const stack: [number, number][] = [[root, 0]];
    state[root] = 1;
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const [node, next] = top;
      const link = out[node]?.[next];
      if (link === undefined) {
        state[node] = 2;
        stack.pop();
        continue;
      }
      top[1]++;
      const to = links[link]?.to ?? 0;
      if (state[to] === 1) {
        back[link] = true;
      } else if (state[to] === 0) {
        state[to] = 1;
        stack.push([to, 0]);
      }
    }
  }
  return back;
}

/** The length of the longest way to each box. */
function ranks(count: number, links: Link[]): number[] {
  const rank = new Array<number>(count).fill(0);
  const waiting = new Array<number>(count).fill(0);
  const out: number[][] = Array.from({ length: count }, () => []);
  for (const link of links) {
    out[link.from]?.push(link.to);
    waiting[link.to] = (waiting[link.to] ?? 0) + 1;
  }
  const ready = waiting.flatMap((left, at) => (left === 0 ? [at] : []));
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    for (const to of out[node] ?? []) {
      rank[to] = Math.max(rank[to] ?? 0, (rank[node] ?? 0) + 1);
      waiting[to] = (waiting[to] ?? 0) - 1;
      if (waiting[to] === 0) {
        ready.push(to);
      }
    }
  }
  return rank;
}

/** Moves the cells of a row as near as they can come to where they want to be, in their order and with room between them. */
function settle(row: Cell[], wanted: number[]): void {
  interface Block {
    sum: number;
    count: number;
    first: number;
  }
  const offset: number[] = [];
  let far = 0;
  row.forEach((cell, at) => {
    far += at === 0 ? 0 : ((row[at - 1]?.width ?? 0) + cell.width) / 2 + GAP;
    offset.push(far);
  });
  const blocks: Block[] = [];
  row.forEach((_, at) => {
    let block: Block = { sum: (wanted[at] ?? 0) - (offset[at] ?? 0), count: 1, first: at };
    for (let before = blocks.at(-1); before !== undefined && before.sum / before.count > block.sum / block.count; before = blocks.at(-1)) {
      blocks.pop();
      block = { sum: before.sum + block.sum, count: before.count + block.count, first: before.first };
    }
    blocks.push(block);
  });
  blocks.forEach((block, at) => {
    const end = blocks[at + 1]?.first ?? row.length;
    for (let index = block.first; index < end; index++) {
      const cell = row[index];
      if (cell !== undefined) {
        cell.x = block.sum / block.count + (offset[index] ?? 0);
      }
    }
  });
}

/** Lays boxes out along their links, from the top down. */
export function layered(boxes: Box[], links: Link[]): Layered {
  const back = backward(boxes.length, links);
  const forward = links.map((link, at): Link => (back[at] === true ? { from: link.to, to: link.from } : link));
  const straight = forward.filter((link) => link.from !== link.to);
  const rank = ranks(boxes.length, straight);
  const cells: Cell[] = boxes.map((box, at) => ({ box: at, width: box.width, rank: rank[at] ?? 0, x: 0, up: [], down: [] }));
  const ways = forward.map((link): number[] => {
    if (link.from === link.to) {
      return [link.from];
    }
    const way = [link.from];
    for (let row = (rank[link.from] ?? 0) + 1; row < (rank[link.to] ?? 0); row++) {
      way.push(cells.push({ box: -1, width: 8, rank: row, x: 0, up: [], down: [] }) - 1);
    }
    way.push(link.to);
    way.slice(1).forEach((cell, at) => {
      const before = way[at] ?? 0;
      cells[before]?.down.push(cell);
      cells[cell]?.up.push(before);
    });
    return way;
  });
  const rows: Cell[][] = [];
  for (const cell of cells) {
    (rows[cell.rank] ??= []).push(cell);
  }
  for (const row of rows) {
    settle(row, row.map(() => 0));
  }
  const mean = (cell: Cell, others: number[]): number =>
    others.length === 0 ? cell.x : others.reduce((sum, other) => sum + (cells[other]?.x ?? 0), 0) / others.length;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[down ? at : rows.length - 1 - at] ?? [];
      const wanted = new Map(row.map((cell) => [cell, mean(cell, down ? cell.up : cell.down)]));
      if (sweep < SWEEPS - 2) {
        row.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      }
      settle(row, row.map((cell) => wanted.get(cell) ?? 0));
    }
  }
  let y = MARGIN;
  const middles: number[] = [];
  for (const row of rows) {
    const tallest = row.reduce((most, cell) => Math.max(most, cell.box < 0 ? 0 : (boxes[cell.box]?.height ?? 0)), 0);
    middles.push(y + tallest / 2);
    y += tallest + ROW_GAP;
  }
  const left = cells.reduce((least, cell) => Math.min(least, cell.x - cell.width / 2), Infinity) - MARGIN;
  const right = cells.reduce((most, cell) => Math.max(most, cell.x + cell.width / 2), -Infinity) + MARGIN;
  const middle = (index: number): [number, number] => {
    const cell = cells[index];
    return [(cell?.x ?? 0) - left, middles[cell?.rank ?? 0] ?? 0];
  };
  return {
    width: right - left,
    height: y - ROW_GAP + MARGIN,
    at: boxes.map((_, index) => middle(index)),
    points: ways.map((way, at) => {
      const half = (index: number): number => (boxes[index]?.height ?? 0) / 2;
      const [first = 0] = way;
      const last = way.at(-1) ?? 0;
      const points = way.map(middle);
      const head = points[0];
      const tail = points.at(-1);
      if (head === undefined || tail === undefined) {
        return [];
      }
      if (way.length === 1) {
        const side = (boxes[first]?.width ?? 0) / 2;
        return [
          [head[0] + side, head[1] - 8],
          [head[0] + side + 24, head[1]],
          [head[0] + side, head[1] + 8],
        ];
      }
      points[0] = [head[0], head[1] + half(first)];
      points[points.length - 1] = [tail[0], tail[1] - half(last)];
      return back[at] === true ? points.toReversed() : points;
    }),
  };
}
