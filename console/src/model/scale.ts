/**
 * A time axis on which idle time is folded: long stretches in which nothing was worked on take a small, fixed part, so that what was done can be
 * seen beside waits of hours.
 */
export interface Fold {
  from: number;
  to: number;
  /** Where it stands on the axis, 0 to 1. */
  start: number;
  end: number;
}

export interface Scale {
  from: number;
  to: number;
  folds: Fold[];
  /** The place of a time, 0 to 1; beyond where the time lies outside. */
  place(at: number): number;
  /** The time at a place. */
  time(place: number): number;
}

export type Span = [from: number, to: number];

/** Joins spans that touch or overlap. */
export function joined(spans: Span[]): Span[] {
  const sorted = spans.filter(([from, to]) => to >= from).sort((a, b) => a[0] - b[0]);
  const union: Span[] = [];
  for (const [from, to] of sorted) {
    const last = union.at(-1);
    if (last !== undefined && from <= last[1]) {
      last[1] = Math.max(last[1], to);
    } else {
      union.push([from, to]);
    }
  }
  return union;
}

/** The part of the axis that a fold takes. */
const FOLD_SHARE = 0.06;

/**
 * The axis from one time to another.
 *
 * @param busy when something was worked on; everything else is idle
 * @param folding whether idle time is folded at all
 */
export function scaleOf(from: number, to: number, busy: Span[], folding: boolean): Scale {
  const length = Math.max(to - from, 0.001);
  const end = from + length;
  const idle: Span[] = [];
  if (folding) {
    let at = from;
    for (const [start, stop] of joined(busy)) {
      if (start > at) {
        idle.push([at, Math.min(start, end)]);
      }
      at = Math.max(at, stop);
    }
    if (at < end) {
      idle.push([at, end]);
    }
  }
  // Only what would take much more room than its fold is worth folding; and work must keep the greater part of the axis.
  const worth = idle
    .filter(([start, stop]) => stop - start > length * FOLD_SHARE * 2 && stop - start > 2)
    .sort((a, b) => b[1] - b[0] - (a[1] - a[0]))
    .slice(0, 8)
    .sort((a, b) => a[0] - b[0]);
  const folded = worth.reduce((sum, [start, stop]) => sum + stop - start, 0);
  const share = worth.length * FOLD_SHARE;
  const rest = Math.max(length - folded, 0.001);
  const unit = (1 - share) / rest;
  const marks: { at: number; place: number }[] = [{ at: from, place: 0 }];
  const folds: Fold[] = [];
  let place = 0;
  let last = from;
  for (const [start, stop] of worth) {
    place += (start - last) * unit;
    marks.push({ at: start, place });
    folds.push({ from: start, to: stop, start: place, end: place + FOLD_SHARE });
    place += FOLD_SHARE;
    marks.push({ at: stop, place });
    last = stop;
  }
  marks.push({ at: end, place: 1 });

  const between = (value: number, key: 'at' | 'place', other: 'at' | 'place'): number => {
    let index = marks.findIndex((mark) => mark[key] > value);
    index = index < 0 ? marks.length - 1 : Math.max(1, index);
    const a = marks[index - 1];
    const b = marks[index];
    if (a === undefined || b === undefined) {
      return 0;
    }
    const width = b[key] - a[key];
    return width === 0 ? a[other] : a[other] + ((value - a[key]) / width) * (b[other] - a[other]);
  };
  return {
    from,
    to: end,
    folds,
    place: (at) => between(at, 'at', 'place'),
    time: (where) => between(where, 'place', 'at'),
  };
}

const STEPS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200,
  86_400, 172_800, 604_800,
];

/** Round times since the start, such that at most so many stand on the part of the axis from `a` to `b` and none in a fold. */
export function ticks(scale: Scale, a: number, b: number, atMost: number): { at: number; place: number }[] {
  const shown: { at: number; place: number }[] = [];
  const busy = scale.folds.reduce((sum, fold) => sum - (fold.to - fold.from), scale.time(b) - scale.time(a));
  const step = STEPS.find((each) => busy / each <= atMost) ?? 604_800;
  const gap = (b - a) / (atMost * 1.6);
  let lastPlace = -1;
  // Each stretch between folds has its own round times.
  const bounds = [scale.from, ...scale.folds.flatMap((fold) => [fold.from, fold.to]), scale.to];
  for (let index = 0; index < bounds.length; index += 2) {
    const start = Math.max(bounds[index] ?? 0, scale.time(a));
    const stop = Math.min(bounds[index + 1] ?? 0, scale.time(b));
    const first = Math.ceil((start - scale.from) / step - 1e-6);
    for (let n = 0; n <= atMost + 1; n++) {
      const at = scale.from + (first + n) * step;
      if (at > stop + 1e-9) {
        break;
      }
      const place = scale.place(at);
      if (place >= a - 1e-9 && place <= b + 1e-9 && (lastPlace < 0 || place - lastPlace >= gap)) {
        shown.push({ at, place });
        lastPlace = place;
      }
    }
  }
  return shown;
}
