/** The difference between two JSON values, as lines of laid-out JSON. */

export interface Line {
  mark: ' ' | '+' | '-';
  indent: number;
  text: string;
}

const LINES_AT_MOST = 20_000;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function equal(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((each, at) => equal(each, b[at]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
  }
  return false;
}

function write(lines: Line[], mark: Line['mark'], indent: number, key: string, value: unknown, comma: string): void {
  if (lines.length > LINES_AT_MOST) {
    return;
  }
  if (Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0) {
    const list = Array.isArray(value);
    lines.push({ mark, indent, text: `${key}${list ? '[' : '{'}` });
    const entries: [string, unknown][] = list
      ? value.map((each): [string, unknown] => ['', each])
      : Object.entries(value as object).map(([name, each]) => [`${JSON.stringify(name)}: `, each]);
    entries.forEach(([name, each], at) => write(lines, mark, indent + 1, name, each, at < entries.length - 1 ? ',' : ''));
    lines.push({ mark, indent, text: `${list ? ']' : '}'}${comma}` });
  } else {
    lines.push({ mark, indent, text: `${key}${JSON.stringify(value) ?? 'null'}${comma}` });
  }
}

function compare(lines: Line[], indent: number, key: string, a: unknown, b: unknown, comma: string): void {
  if (equal(a, b)) {
    write(lines, ' ', indent, key, a, comma);
  } else if (isObject(a) && isObject(b)) {
    lines.push({ mark: ' ', indent, text: `${key}{` });
    const names = [...Object.keys(b), ...Object.keys(a).filter((name) => !Object.hasOwn(b, name))];
    names.forEach((name, at) => {
      const said = `${JSON.stringify(name)}: `;
      const tail = at < names.length - 1 ? ',' : '';
      if (!Object.hasOwn(a, name)) {
        write(lines, '+', indent + 1, said, b[name], tail);
      } else if (!Object.hasOwn(b, name)) {
        write(lines, '-', indent + 1, said, a[name], tail);
      } else {
        compare(lines, indent + 1, said, a[name], b[name], tail);
      }
    });
    lines.push({ mark: ' ', indent, text: `}${comma}` });
  } else if (Array.isArray(a) && Array.isArray(b)) {
    lines.push({ mark: ' ', indent, text: `${key}[` });
    const longest = Math.max(a.length, b.length);
    for (let at = 0; at < longest; at++) {
      const tail = at < longest - 1 ? ',' : '';
      if (at >= a.length) {
        write(lines, '+', indent + 1, '', b[at], tail);
      } else if (at >= b.length) {
        write(lines, '-', indent + 1, '', a[at], tail);
      } else {
        compare(lines, indent + 1, '', a[at], b[at], tail);
      }
    }
    lines.push({ mark: ' ', indent, text: `]${comma}` });
  } else {
    write(lines, '-', indent, key, a, comma);
    write(lines, '+', indent, key, b, comma);
  }
}

/** What is in `a` only, in `b` only, and in both. */
export function diff(a: unknown, b: unknown): Line[] {
  const lines: Line[] = [];
  compare(lines, 0, '', a, b, '');
  return lines;
}

/** One value, laid out. */
export function lay(value: unknown): Line[] {
  const lines: Line[] = [];
  write(lines, ' ', 0, '', value, '');
  return lines;
}

/** Leaves away long stretches that are the same on both sides, but for some lines around a change. */
export function fold(lines: Line[], around = 3): (Line | { skipped: number })[] {
  const near = new Uint8Array(lines.length);
  lines.forEach((line, at) => {
    if (line.mark !== ' ') {
      near.fill(1, Math.max(0, at - around), Math.min(lines.length, at + around + 1));
    }
  });
  const folded: (Line | { skipped: number })[] = [];
  let skipped = 0;
  lines.forEach((line, at) => {
    if (near[at] === 1) {
      if (skipped > 0) {
        folded.push({ skipped });
        skipped = 0;
      }
      folded.push(line);
    } else {
      skipped++;
    }
  });
  if (skipped > 0) {
    folded.push({ skipped });
  }
  return folded;
}
