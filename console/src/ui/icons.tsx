import type { JSX } from 'preact';
import type { Status } from '../model/status';

const PATHS = {
  search: 'M7 12.5a5.5 5.5 0 1 1 0-11 5.5 5.5 0 0 1 0 11Zm4-1.5 3.5 3.5',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.5 9.5A6 6 0 0 1 6.5 2.5 6 6 0 1 0 13.5 9.5Z',
  clock: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM8 4.5V8l2.5 1.5',
  play: 'M5 3l8 5-8 5Z',
  stop: 'M4 4h8v8H4Z',
  redo: 'M13 5.5A5.5 5.5 0 1 0 13.5 9M13.5 2v4h-4',
  edit: 'M10.5 2.5l3 3L5.5 13.5l-3.5.5.5-3.5ZM9 4l3 3',
  download: 'M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
  upload: 'M8 11V3M4.5 6 8 2.5 11.5 6M2.5 13.5h11',
  copy: 'M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4',
  fold: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  external: 'M6 3H3v10h10v-3M9 2.5h4.5V7M13 3 7.5 8.5',
  close: 'M4 4l8 8M12 4l-8 8',
  jump: 'M3 8h9M8.5 4.5 12 8l-3.5 3.5',
  flask: 'M6 2h4M7 2v4L3 13a1 1 0 0 0 1 1.5h8A1 1 0 0 0 13 13L9 6V2M5 10h6',
  key: 'M2 4h12v8H2ZM4.5 9.5h7M5 6.5h.1M8 6.5h.1M11 6.5h.1',
  list: 'M5.5 4H14M5.5 8H14M5.5 12H14M2 4h.1M2 8h.1M2 12h.1',
  grid: 'M2.5 2.5h4.5v4.5H2.5ZM9 2.5h4.5v4.5H9ZM2.5 9h4.5v4.5H2.5ZM9 9h4.5v4.5H9Z',
  inbox: 'M2 9h3.5l1 2h3l1-2H14M2 9l2-6h8l2 6v4.5H2Z',
  warning: 'M8 2 14.5 13.5h-13ZM8 6.5v3.5M8 12h.1',
  retry: 'M3 8a5 5 0 0 1 9-3M13 2v3.5H9.5M13 8a5 5 0 0 1-9 3M3 14v-3.5h3.5',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing of 16 × 16 that says nothing beyond the text beside it. */
export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The shape of a status, for those who do not tell its colour. Drawn in 16 × 16. */
export function StatusShape({ status }: { status: Status }): JSX.Element {
  switch (status) {
    case 'ok':
      return (
        <>
          <circle class="disc" cx="8" cy="8" r="7" />
          <path class="mark" d="M4.8 8.2 7.1 10.5 11.3 5.9" />
        </>
      );
    case 'fail':
      return (
        <>
          <circle class="disc" cx="8" cy="8" r="7" />
          <path class="mark" d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" />
        </>
      );
    case 'warn':
      return (
        <>
          <path class="disc" d="M8 .8 15.4 14.5H.6Z" />
          <path class="mark" d="M8 5.5v4.3M8 12.1v.1" />
        </>
      );
    case 'run':
      return (
        <>
          <circle class="track" cx="8" cy="8" r="6" />
          <path class="turn" d="M8 2a6 6 0 0 1 6 6" />
        </>
      );
    case 'wait':
      return (
        <>
          <circle class="ring" cx="8" cy="8" r="6.2" />
          <path class="bars" d="M6.3 5.5v5M9.7 5.5v5" />
        </>
      );
    case 'stop':
      return (
        <>
          <circle class="disc" cx="8" cy="8" r="7" />
          <rect class="square" x="5.3" y="5.3" width="5.4" height="5.4" rx=".6" />
        </>
      );
    case 'none':
      return <circle class="ring thin" cx="8" cy="8" r="6.2" />;
  }
}

export function StatusIcon({ status }: { status: Status }): JSX.Element {
  return (
    <svg class={`status s-${status}`} viewBox="0 0 16 16" aria-hidden="true">
      <StatusShape status={status} />
    </svg>
  );
}

/** The sign of a repeat: two dots before a thin and a thick bar. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark-sign" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <circle cx="9" cy="12" r="2.4" />
      <circle cx="9" cy="20" r="2.4" />
      <rect class="bar" x="14" y="6" width="2.6" height="20" rx="1" />
      <rect class="bar" x="19.5" y="6" width="5" height="20" rx="1" />
    </svg>
  );
}
