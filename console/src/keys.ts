import { useEffect, useRef } from 'preact/hooks';

interface Shortcut {
  keys: string;
  does: string;
  group: string;
  act: () => void;
}

const active: Shortcut[][] = [];
let before = '';
let beforeAt = 0;

/** What the keyboard does on this page now, for the sheet. */
export function shortcuts(): Shortcut[] {
  return active.flat();
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.shadowRoot !== null);
}

addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector('dialog[open]') !== null) {
    return;
  }
  const two = performance.now() - beforeAt < 1_000 ? `${before} ${event.key}` : '';
  // The latest page's keys come first.
  const all = active.toReversed().flat();
  const found = all.find((each) => each.keys === two) ?? all.find((each) => each.keys === event.key);
  before = event.key;
  beforeAt = performance.now();
  if (found !== undefined) {
    event.preventDefault();
    before = '';
    found.act();
  }
});

/** Moves the focus among the rows of a list. */
export function focusRow(step: number): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.row-link')];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  links[Math.max(0, Math.min(links.length - 1, at + step))]?.focus();
}

/** Keys that hold while a page or a part is shown. */
export function useShortcuts(list: Shortcut[]): void {
  const latest = useRef(list);
  latest.current = list;
  useEffect(() => {
    const proxied = latest.current.map((each, at): Shortcut => ({ ...each, act: () => latest.current[at]?.act() }));
    active.push(proxied);
    return () => {
      active.splice(active.indexOf(proxied), 1);
    };
  }, [list.map((each) => each.keys).join(' ')]);
}
