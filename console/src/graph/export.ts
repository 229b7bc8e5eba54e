import { save } from '../ui/basic';
import type { Layout } from './layout';

/** What of a shape's look is written into a file, which has no style sheet. */
const PROPERTIES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
];

const MARGIN = 24;

function standalone(svg: SVGSVGElement, layout: Layout): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((element, at) => {
    const original = originals[at];
    if (original === undefined) {
      return;
    }
    const look = getComputedStyle(original);
    for (const property of PROPERTIES) {
      const value = look.getPropertyValue(property);
      if (value !== '') {
        element.setAttribute(property, value);
      }
    }
    for (const attribute of ['class', 'tabindex', 'role', 'aria-label', 'aria-pressed', 'aria-expanded', 'data-state']) {
      element.removeAttribute(attribute);
    }
  });
  const width = layout.width + 2 * MARGIN;
  const height = layout.height + 2 * MARGIN;
  copy.querySelector(':scope > g')?.setAttribute('transform', `translate(${MARGIN} ${MARGIN})`);
  for (const attribute of [...copy.attributes]) {
    copy.removeAttribute(attribute.name);
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', String(width));
  ground.setAttribute('height', String(height));
  ground.setAttribute('fill', getComputedStyle(document.documentElement).getPropertyValue('--surface'));
  copy.prepend(ground);
  return copy;
}

function written(svg: SVGSVGElement, layout: Layout): Blob {
  return new Blob([new XMLSerializer().serializeToString(standalone(svg, layout))], { type: 'image/svg+xml' });
}

/** Saves the whole graph as it looks now, whatever part of it is in sight. */
export function exportSvg(svg: SVGSVGElement, layout: Layout, name: string): Promise<void> {
  save(`${name}.svg`, written(svg, layout));
  return Promise.resolve();
}

/** Browsers draw no larger pictures. */
const PIXELS_AT_MOST = 16_000;

export async function exportPng(svg: SVGSVGElement, layout: Layout, name: string): Promise<void> {
  const url = URL.createObjectURL(written(svg, layout));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(2, PIXELS_AT_MOST / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(image.width * scale);
    canvas.height = Math.ceil(image.height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (png === null) {
      throw new Error('it is too large for a picture; save it as SVG');
    }
    save(`${name}.png`, png);
  } finally {
    URL.revokeObjectURL(url);
  }
}
