import { write, type JsonText, type Line } from './json';

function equal(a: JsonText, b: JsonText | undefined): boolean {
  switch (a.kind) {
    case 'scalar':
      return b?.kind === 'scalar' && a.text === b.text;
    case 'list':
      return b?.kind === 'list' && a.items.length === b.items.length && a.items.every((item, at) => equal(item, b.items[at]));
    case 'object':
      return b?.kind === 'object' && a.fields.size === b.fields.size && [...a.fields].every(([name, field]) => equal(field, b.fields.get(name)));
  }
}

/** What stands in one place of the two values; only one of them may have something there. */
function either(lines: Line[], indent: number, key: string, a: JsonText | undefined, b: JsonText | undefined, comma: string): void {
  if (a !== undefined && b !== undefined) {
    compare(lines, indent, key, a, b, comma);
  } else if (a !== undefined) {
    write(lines, '-', indent, key, a, comma);
  } else if (b !== undefined) {
    write(lines, '+', indent, key, b, comma);
  }
}

function compare(lines: Line[], indent: number, key: string, a: JsonText, b: JsonText, comma: string): void {
  if (equal(a, b)) {
    write(lines, ' ', indent, key, a, comma);
  } else if (a.kind === 'object' && b.kind === 'object') {
    lines.push({ mark: ' ', indent, text: `${key}{` });
    const names = [...b.fields.keys(), ...[...a.fields.keys()].filter((name) => !b.fields.has(name))];
    names.forEach((name, at) => either(lines, indent + 1, `${name}: `, a.fields.get(name), b.fields.get(name), at < names.length - 1 ? ',' : ''));
    lines.push({ mark: ' ', indent, text: `}${comma}` });
  } else if (a.kind === 'list' && b.kind === 'list') {
    lines.push({ mark: ' ', indent, text: `${key}[` });
    const longest = Math.max(a.items.length, b.items.length);
    for (let at = 0; at < longest; at++) {
      either(lines, indent + 1, '', a.items[at], b.items[at], at < longest - 1 ? ',' : '');
    }
    lines.push({ mark: ' ', indent, text: `]${comma}` });
  } else {
    write(lines, '-', indent, key, a, comma);
    write(lines, '+', indent, key, b, comma);
  }
}

/** What is in `a` only, in `b` only, and in both. */
export function diff(a: JsonText, b: JsonText): Line[] {
  const lines: Line[] = [];
  compare(lines, 0, '', a, b, '');
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
