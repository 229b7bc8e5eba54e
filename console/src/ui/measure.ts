const context = typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');
const kept = new Map<string, string>();

/** Cuts text to a width in pixels, with an ellipsis where something is missing: SVG does not do that by itself. */
export function cut(text: string, width: number, font: string): string {
  const key = `${width} ${font} ${text}`;
  const known = kept.get(key);
  if (known !== undefined) {
    return known;
  }
  const short = shortened(text, width, font);
  if (kept.size > 5_000) {
    kept.clear();
  }
  kept.set(key, short);
  return short;
}

function shortened(text: string, width: number, font: string): string {
  if (context === null) {
    return text;
  }
  context.font = font;
  if (context.measureText(text).width <= width) {
    return text;
  }
  let low = 0;
  let high = Math.min(text.length, 200);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return `${text.slice(0, low)}…`;
}
