import { computed, signal } from '@preact/signals';

/** Where the console's pages stand; the server answers with the same page for each address below it. */
export const BASE = '/console';

const address = signal(new URL(location.href));

addEventListener('popstate', () => {
  address.value = new URL(location.href);
});

/** The path below the base, in decoded parts: `['executions', 'arn:…']`. */
export const path = computed(() =>
  address.value.pathname
    .slice(BASE.length)
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    }),
);

/** What stands behind the question mark. */
export const query = computed(() => address.value.searchParams);

/** A path's part. Colons stand in it as they are, so that an ARN can be read in the address. */
function part(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':');
}

/** A list stands in the address once for each of its texts. */
export type Parameters = Record<string, string | number | string[] | undefined>;

function put(search: URLSearchParams, parameters: Parameters): void {
  for (const [name, value] of Object.entries(parameters)) {
    search.delete(name);
    for (const each of [value ?? ''].flat()) {
      if (each !== '') {
        search.append(name, String(each));
      }
    }
  }
}

/** The address of a page. Parameters that are undefined or empty are left out. */
export function href(parts: string[], parameters: Parameters = {}): string {
  const search = new URLSearchParams();
  put(search, parameters);
  const text = search.toString();
  return `${BASE}/${parts.map(part).join('/')}${text === '' ? '' : `?${text}`}`;
}

/** Goes to an address of the console. */
export function go(to: string, replace = false): void {
  const next = new URL(to, location.href);
  if (next.href === location.href) {
    return;
  }
  const samePage = next.pathname === location.pathname;
  history[replace ? 'replaceState' : 'pushState'](null, '', next);
  address.value = next;
  if (!samePage) {
    scrollTo(0, 0);
  }
}

/** Changes parameters of the address that one is at; an undefined or empty one is taken away. */
export function change(parameters: Parameters, replace = true): void {
  const next = new URL(address.value);
  put(next.searchParams, parameters);
  go(next.href, replace);
}

/** Follows a click on a link of the console without loading the page again; all other clicks are the browser's. */
export function onLinkClick(event: MouseEvent): void {
  const link = (event.target as Element | null)?.closest?.('a');
  if (
    link === null ||
    link === undefined ||
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey ||
    link.target !== '' ||
    link.hasAttribute('download')
  ) {
    return;
  }
  const to = new URL(link.href);
  if (to.origin === location.origin && (to.pathname === BASE || to.pathname.startsWith(`${BASE}/`))) {
    event.preventDefault();
    go(to.href);
  }
}
