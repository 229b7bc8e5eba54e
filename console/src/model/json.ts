/**
 * A value of JSON that keeps the text of its scalars: a browser's numbers have 53 bits, and would show, and send back, another order number than the
 * one that was there.
 */
export type JsonText = { kind: 'scalar'; text: string } | { kind: 'list'; items: JsonText[] } | { kind: 'object'; fields: Map<string, JsonText> };

/** Where a string ends that begins at `start`. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charAt(end - 1 - slashes) === '\\') {
      slashes++;
    }
    if (slashes % 2 === 0) {
      return end + 1;
    }
  }
}

/** Reads text that has been found to be JSON. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(): JsonText {
    switch (this.next()) {
      case '{': {
        const fields = new Map<string, JsonText>();
        this.each('}', () => {
          const name = this.scalar();
          this.next();
          this.at++;
          fields.set(name, this.value());
        });
        return { kind: 'object', fields };
      }
      case '[': {
        const items: JsonText[] = [];
        this.each(']', () => items.push(this.value()));
        return { kind: 'list', items };
      }
      default:
        return { kind: 'scalar', text: this.scalar() };
    }
  }

  /** The next character that is no space. */
  private next(): string {
    while (' \t\n\r'.includes(this.text.charAt(this.at))) {
      this.at++;
    }
    return this.text.charAt(this.at);
  }

  private each(end: string, read: () => void): void {
    this.at++;
    while (this.next() !== end) {
      read();
      if (this.next() === ',') {
        this.at++;
      }
    }
    this.at++;
  }

  private scalar(): string {
    const start = this.at;
    if (this.next() === '"') {
      this.at = stringEnd(this.text, start);
      const said = this.text.slice(start, this.at);
      // A string can be written in several ways; only one is shown.
      return said.includes('\\') ? JSON.stringify(JSON.parse(said)) : said;
    }
    while (!' \t\n\r,]}'.includes(this.text.charAt(this.at)) && this.at < this.text.length) {
      this.at++;
    }
    return this.text.slice(start, this.at);
  }
}

/** Reads JSON; throws a `SyntaxError` for what is none. */
export function readJson(text: string): JsonText {
  JSON.parse(text);
  return new Reader(text).value();
}

/** Reads JSON; what is none becomes a string. */
export function readAnything(text: string): JsonText {
  try {
    return readJson(text);
  } catch {
    return { kind: 'scalar', text: JSON.stringify(text) };
  }
}

/** A number that a browser would write in another way: it is told as it was written. */
export class Numeral {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** A value as `JSON.parse` gives it, but for numbers that would not be written as they were. */
export function plain(value: JsonText): unknown {
  switch (value.kind) {
    case 'list':
      return value.items.map(plain);
    case 'object':
      return Object.fromEntries([...value.fields].map(([name, field]) => [JSON.parse(name) as string, plain(field)]));
    default: {
      const parsed: unknown = JSON.parse(value.text);
      return typeof parsed === 'number' && String(parsed) !== value.text ? new Numeral(value.text) : parsed;
    }
  }
}

/** The value that a JSON pointer leads to; undefined where there is none. */
function valueAt(value: JsonText, pointer: string): JsonText | undefined {
  let found: JsonText | undefined = value;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    found = found?.kind === 'object' ? found.fields.get(JSON.stringify(name)) : found?.kind === 'list' ? found.items[Number(name)] : undefined;
  }
  return found;
}

/** A line of laid-out JSON. */
export interface Line {
  mark: ' ' | '+' | '-';
  indent: number;
  text: string;
}

/** Adds the lines of a value, the first of which begins with `key`. */
export function write(lines: Line[], mark: Line['mark'], indent: number, key: string, value: JsonText, comma: string): void {
  if (value.kind === 'scalar') {
    lines.push({ mark, indent, text: `${key}${value.text}${comma}` });
    return;
  }
  const list = value.kind === 'list';
  const [open, close] = list ? '[]' : '{}';
  let left = list ? value.items.length : value.fields.size;
  if (left === 0) {
    lines.push({ mark, indent, text: `${key}${open}${close}${comma}` });
    return;
  }
  lines.push({ mark, indent, text: `${key}${open}` });
  if (list) {
    value.items.forEach((item) => write(lines, mark, indent + 1, '', item, --left > 0 ? ',' : ''));
  } else {
    value.fields.forEach((field, name) => write(lines, mark, indent + 1, `${name}: `, field, --left > 0 ? ',' : ''));
  }
  lines.push({ mark, indent, text: `${close}${comma}` });
}

/** One value, laid out. */
export function lay(value: JsonText): Line[] {
  const lines: Line[] = [];
  write(lines, ' ', 0, '', value, '');
  return lines;
}

function written(value: JsonText): string {
  return lay(value)
    .map((line) => '  '.repeat(line.indent) + line.text)
    .join('\n');
}

/** JSON text laid out, or the text as it is. */
export function pretty(text: string): string {
  try {
    return written(readJson(text));
  } catch {
    return text;
  }
}

/** The text of a part of a JSON document; the whole when there is no such part. */
export function part(text: string, pointer: string): string {
  const value = readAnything(text);
  return written(valueAt(value, pointer) ?? value);
}
