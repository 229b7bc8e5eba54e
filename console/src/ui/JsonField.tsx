import type { JSX } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import { bytes } from '../model/format';
import { pretty } from '../model/json';
import { Button } from './basic';

interface Fault {
  text: string;
  line: number | null;
}

/** What is wrong with a text that should be JSON; null when nothing is. */
export function faultOf(text: string): Fault | null {
  try {
    JSON.parse(text);
    return null;
  } catch (problem) {
    const said = (problem as Error).message;
    const at = /position (\d+)/.exec(said)?.[1];
    const line = /line (\d+)/.exec(said)?.[1];
    return {
      text: said.replace(/ in JSON at position \d+.*$/, '').replace(/^JSON\.parse: /, ''),
      line: line !== undefined ? Number(line) : at !== undefined ? text.slice(0, Number(at)).split('\n').length : text === '' ? null : text.split('\n').length,
    };
  }
}

/** A field for JSON that says at once where it is none. */
export function JsonField({ label, hint, value, rows = 12, onChange, onValid }: {
  label: string;
  hint?: string;
  value: string;
  rows?: number;
  onChange: (value: string) => void;
  onValid?: (valid: boolean) => void;
}): JSX.Element {
  const id = useId();
  const fault = faultOf(value);
  useEffect(() => onValid?.(fault === null), [fault === null]);
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>{label}</label>
        <span class="muted">{bytes(new Blob([value]).size)}</span>
        <Button kind="quiet" disabled={fault !== null} onClick={() => onChange(pretty(value))}>
          Lay out
        </Button>
      </div>
      <textarea
        id={id}
        class="code"
        rows={rows}
        spellcheck={false}
        value={value}
        aria-invalid={fault !== null}
        aria-describedby={`${id}-said`}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <small id={`${id}-said`} class={fault === null ? '' : 'fault'} role={fault === null ? undefined : 'alert'}>
        {fault === null ? (hint ?? 'Valid JSON.') : `${fault.line === null ? '' : `Line ${fault.line}: `}${fault.text}`}
      </small>
    </div>
  );
}
