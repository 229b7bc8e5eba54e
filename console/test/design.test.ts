import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NODE } from '../src/graph/layout.ts';

const styles = fileURLToPath(new URL('../src/styles', import.meta.url));
const source = readFileSync(join(styles, 'tokens.css'), 'utf8');

function tokens(selector: string): Map<string, string> {
  const block = source.slice(source.indexOf(`${selector} {`));
  return new Map([...block.slice(0, block.indexOf('\n}')).matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** Looked at by eye in target/screenshots; what can be counted is counted here. */
const STATUSES = ['ok', 'fail', 'warn', 'run', 'wait', 'stop'];
const GROUNDS = ['bg', 'surface', 'raised', 'sunken', 'hover'];

describe.each([
  ['light', ':root'],
  ['dark', ":root[data-theme='dark']"],
])('the colours of the %s theme', (_, selector) => {
  const theme = tokens(selector);
  const colour = (name: string): string => {
    const value = theme.get(name);
    if (value === undefined) {
      throw new Error(`No colour --${name}`);
    }
    return value;
  };

  it.each(['text', 'muted', 'accent', ...STATUSES].flatMap((text) => GROUNDS.map((ground) => [text, ground])))('let --%s be read on --%s', (text, ground) => {
    expect(contrast(colour(text ?? ''), colour(ground ?? ''))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(STATUSES)('let --%s, and text, be read on its own ground', (status) => {
    expect(contrast(colour(status), colour(`${status}-soft`))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour('text'), colour(`${status}-soft`))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour('muted'), colour(`${status}-soft`))).toBeGreaterThanOrEqual(4.5);
  });

  it('let controls be seen', () => {
    expect(contrast(colour('control'), colour('surface'))).toBeGreaterThanOrEqual(3);
    expect(contrast(colour('on-accent'), colour('accent'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour('text'), colour('accent-soft'))).toBeGreaterThanOrEqual(4.5);
  });

  it('are those that the design says, with their ratios', () => {
    const design = readFileSync(join(styles, '../../DESIGN.md'), 'utf8');
    const column = selector === ':root' ? 4 : 5;
    for (const name of ['text', 'muted', 'accent', ...STATUSES]) {
      const row = design.split('\n').find((line) => line.startsWith(`| \`--${name}\` |`)) ?? '';
      const ratio = contrast(colour(name), colour('surface')).toFixed(1);
      expect(row.split('|')[column]?.trim()).toBe(`${colour(name)} ${ratio}`);
    }
  });
});

describe('what the design says of sizes', () => {
  const design = readFileSync(join(styles, '../../DESIGN.md'), 'utf8');
  const size = (name: string): string => new RegExp(`--${name}: (\\d+)px;`).exec(source)?.[1] ?? '';

  it.each(['t-xs', 't-sm', 't-md', 't-lg', 't-xl'])('is so: --%s', (name) => {
    const row = design.split('\n').find((line) => line.startsWith(`| \`--${name}\` |`)) ?? '';
    expect(row.split('|')[2]?.trim().split(' / ')[0]).toBe(size(name));
  });

  it('is so: space', () => {
    expect(design).toContain(`Four pixels are one step: ${[1, 2, 3, 4, 5, 6, 7].map((step) => size(`s${step}`)).join(', ')}.`);
    expect(design).toContain(`Radius ${size('radius')} for controls, ${size('radius-l')} for\npanels`);
  });

  it('is so: states in the graph', () => {
    expect(design).toContain(`States are ${NODE.width} × ${NODE.height}:`);
  });
});

describe('the style sheets', () => {
  it('name no colour outside the tokens', () => {
    for (const file of readdirSync(styles).filter((name) => name !== 'tokens.css')) {
      const text = readFileSync(join(styles, file), 'utf8');
      expect([file, text.match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/gi)]).toEqual([file, null]);
    }
  });

  it('have type of the scale only', () => {
    for (const file of readdirSync(styles).filter((name) => name !== 'tokens.css' && name !== 'graph.css')) {
      const sizes = [...readFileSync(join(styles, file), 'utf8').matchAll(/font-size:\s*([^;]+);/g)].map((match) => match[1] ?? '');
      expect([file, sizes.filter((size) => !size.startsWith('var(--t-'))]).toEqual([file, []]);
    }
  });
});
