import { effect, signal } from '@preact/signals';
import type { Zone } from './model/format';

/** Reads what the reader has chosen before; a browser that keeps nothing is none the worse. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`reprise.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`reprise.${key}`, value);
  } catch {
    // A private window or a full store: the choice holds until the page is left.
  }
}

type Theme = 'light' | 'dark';

const system = matchMedia('(prefers-color-scheme: dark)');
const chosen = remembered('theme');

export const theme = signal<Theme>(
  chosen === 'light' || chosen === 'dark' ? chosen : system.matches ? 'dark' : 'light',
);
export const zone = signal<Zone>(remembered('zone') === 'utc' ? 'utc' : 'local');

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});

system.addEventListener('change', (change) => {
  if (remembered('theme') === null) {
    theme.value = change.matches ? 'dark' : 'light';
  }
});

export function toggleTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  remember('theme', theme.value);
}

export function toggleZone(): void {
  zone.value = zone.value === 'utc' ? 'local' : 'utc';
  remember('zone', zone.value);
}

/** The time, in seconds; ticks once a second while somebody looks. */
export const now = signal(Date.now() / 1000);

setInterval(() => {
  if (document.visibilityState === 'visible') {
    now.value = Date.now() / 1000;
  }
}, 1000);
