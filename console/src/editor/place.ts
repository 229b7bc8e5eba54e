/**
 * Where a JSON pointer leads in a text: the key and the value, as offsets. Reads the text itself, since only so the places are known; a text that is
 * no JSON leads as far as it can be read.
 */
export interface Place {
  from: number;
  to: number;
}

/** The place of a pointer; that of the innermost part of it that exists. */
export function placeOf(text: string, pointer: string): Place {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let best: Place = { from: 0, to: Math.min(1, text.length) };
  let at = 0;

  const space = (): void => {
    while (at < text.length && /\s/.test(text.charAt(at))) {
      at++;
    }
  };
  const string = (): string => {
    const start = at++;
    while (at < text.length && text.charAt(at) !== '"') {
      at += text.charAt(at) === '\\' ? 2 : 1;
    }
    at++;
    try {
      return JSON.parse(text.slice(start, at)) as string;
    } catch {
      return '';
    }
  };
  /** Reads a value; `depth` parts of the pointer have led to it, or -1 when it is not on the way. */
  const value = (depth: number): void => {
    space();
    const start = at;
    const first = text.charAt(at);
    if (first === '{' || first === '[') {
      const close = first === '{' ? '}' : ']';
      at++;
      let index = 0;
      for (;;) {
        space();
        if (at >= text.length || text.charAt(at) === close) {
          at++;
          break;
        }
        const entry = at;
        let key = String(index++);
        if (first === '{') {
          if (text.charAt(at) !== '"') {
            at = text.length;
            break;
          }
          key = string();
          space();
          if (text.charAt(at) !== ':') {
            at = text.length;
            break;
          }
          at++;
        }
        const onTheWay = depth >= 0 && depth < parts.length && parts[depth] === key;
        const keyEnd = first === '{' ? at - 1 : entry + 1;
        if (onTheWay) {
          best = { from: entry, to: keyEnd };
        }
        value(onTheWay ? depth + 1 : -1);
        if (onTheWay && depth === parts.length - 1) {
          best = { from: entry, to: Math.min(at, text.length) };
        }
        space();
        if (text.charAt(at) === ',') {
          at++;
        }
      }
    } else if (first === '"') {
      string();
    } else {
      while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) {
        at++;
      }
      if (at === start) {
        at++;
      }
    }
  };
  value(0);
  const lineEnd = text.indexOf('\n', best.from);
  return { from: best.from, to: Math.max(best.from, Math.min(best.to, lineEnd < 0 ? text.length : lineEnd)) };
}
