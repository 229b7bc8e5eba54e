import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { signal } from '@preact/signals';
import { ApiError } from '../api/client';
import { ago, clock, dateTime, exact, zoneName } from '../model/format';
import type { Saying } from '../model/status';
import { now, zone } from '../preferences';
import { Icon, StatusIcon, type IconName } from './icons';

export function Badge({ saying }: { saying: Saying }): JSX.Element {
  return (
    <span class={`badge s-${saying.status}`}>
      <StatusIcon status={saying.status} />
      {saying.word}
    </span>
  );
}

interface ButtonProperties {
  children?: ComponentChildren;
  icon?: IconName;
  kind?: 'primary' | 'danger' | 'quiet';
  label?: string;
  title?: string;
  disabled?: boolean;
  pressed?: boolean;
  type?: 'button' | 'submit';
  busy?: boolean;
  onClick?: () => void;
}

export function Button(properties: ButtonProperties): JSX.Element {
  const { children, icon, kind, label, title, disabled, pressed, type = 'button', busy, onClick } = properties;
  return (
    <button
      type={type}
      class={`button ${kind ?? ''} ${children === undefined ? 'only-icon' : ''}`}
      aria-label={label}
      aria-pressed={pressed}
      aria-busy={busy}
      title={title ?? label}
      disabled={disabled === true || busy === true}
      onClick={onClick}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({ href, icon, kind, children }: { href: string; icon?: IconName; kind?: 'primary'; children: ComponentChildren }): JSX.Element {
  return (
    <a class={`button ${kind ?? ''}`} href={href}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </a>
  );
}

/** A time in the reader's zone or in UTC, whichever is chosen, with the other one in its title. */
export function Time({ at, part = 'both' }: { at: number; part?: 'both' | 'clock' | 'exact' }): JSX.Element {
  const chosen = zone.value;
  const other = chosen === 'utc' ? 'local' : 'utc';
  return (
    <time class="time" dateTime={new Date(at * 1000).toISOString()} title={`${dateTime(at, other)} ${zoneName(other, at)}`}>
      {part === 'clock' ? clock(at, chosen) : part === 'exact' ? exact(at, chosen) : dateTime(at, chosen)}
    </time>
  );
}

export function Ago({ at }: { at: number }): JSX.Element {
  return (
    <span class="time" title={`${dateTime(at, zone.value)} ${zoneName(zone.value, at)}`}>
      {ago(at, now.value)}
    </span>
  );
}

export interface Tab<T extends string> {
  id: T;
  label: string;
  count?: string;
}

/** Tabs as WAI-ARIA has them: arrow keys move between them. */
export function Tabs<T extends string>(properties: {
  label: string;
  tabs: Tab<T>[];
  chosen: T;
  panel: string;
  onChoose: (tab: T) => void;
}): JSX.Element {
  const { label, tabs, chosen, panel, onChoose } = properties;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0) {
      const at = tabs.findIndex((tab) => tab.id === chosen);
      const next = tabs[(at + step + tabs.length) % tabs.length];
      if (next !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        onChoose(next.id);
        document.getElementById(`${panel}-tab-${next.id}`)?.focus();
      }
    }
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          id={`${panel}-tab-${tab.id}`}
          type="button"
          role="tab"
          aria-selected={tab.id === chosen}
          aria-controls={panel}
          tabIndex={tab.id === chosen ? 0 : -1}
          onClick={() => onChoose(tab.id)}
        >
          {tab.label}
          {tab.count !== undefined && <span class="tab-count">{tab.count}</span>}
        </button>
      ))}
    </div>
  );
}

/** What stands where there is nothing: what it would be, why it is not, and what to do. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }): JSX.Element {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} />
      </span>
      <h2>{title}</h2>
      <div class="empty-text">{children}</div>
    </div>
  );
}

/** What went wrong, and a way on. */
export function Problem({ problem, onRetry }: { problem: Error; onRetry?: () => void }): JSX.Element {
  return (
    <div class="problem" role="alert">
      <StatusIcon status="fail" />
      <div>
        {problem instanceof ApiError && <strong>{problem.code}</strong>}
        <p>{problem.message}</p>
        {problem instanceof ApiError && <p class="muted">Asked for: {problem.action}</p>}
      </div>
      {onRetry !== undefined && (
        <Button icon="retry" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** Shows its content after a moment, so that what is quick does not flicker. */
export function Skeleton({ rows = 6 }: { rows?: number }): JSX.Element | null {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return shown ? (
    <div class="skeleton" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} class={`bone b${at % 3}`} />
      ))}
    </div>
  ) : null;
}

const said = signal<{ text: string; id: number } | null>(null);
let sayings = 0;

/** Says for a moment what was done. */
export function say(text: string): void {
  const id = ++sayings;
  said.value = { text, id };
  setTimeout(() => {
    if (said.value?.id === id) {
      said.value = null;
    }
  }, 5_000);
}

export function Toast(): JSX.Element {
  return (
    <div class="toast-place" role="status" aria-live="polite">
      {said.value !== null && (
        <div key={said.value.id} class="toast">
          {said.value.text}
        </div>
      )}
    </div>
  );
}

export function Copy({ text, what }: { text: string; what: string }): JSX.Element {
  return (
    <Button
      icon="copy"
      kind="quiet"
      label={`Copy ${what}`}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => say(`Copied ${what}`),
          () => say('This browser does not let the page copy'),
        );
      }}
    />
  );
}

interface DialogProperties {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  wide?: boolean;
}

/** A dialog of the browser's own: it keeps the focus, and Escape closes it. */
export function Dialog({ title, onClose, children, wide }: DialogProperties): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={wide === true ? 'wide' : ''}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) {
          dialog.current?.close();
        }
      }}
    >
      <div class="dialog">
        <header>
          <h2>{title}</h2>
          <Button icon="close" kind="quiet" label="Close" onClick={() => dialog.current?.close()} />
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** Saves text as a file of the reader's. */
export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
