import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { diff, fold } from '../model/diff';
import { bytes, count, counted } from '../model/format';
import { lay, readAnything, type Line } from '../model/json';
import { Button, Copy } from './basic';

const TOKENS = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;

/** One line in colours. Everything is text: nothing of it becomes markup. */
function Coloured({ text }: { text: string }): JSX.Element {
  const pieces: (string | JSX.Element)[] = [];
  let at = 0;
  for (const token of text.matchAll(TOKENS)) {
    if (token.index > at) {
      pieces.push(text.slice(at, token.index));
    }
    const kind = token[2] !== undefined ? 'j-key' : token[1] !== undefined ? 'j-text' : token[3] !== undefined ? 'j-word' : 'j-number';
    pieces.push(<span class={kind}>{token[2] !== undefined ? token[1] : token[0]}</span>);
    if (token[2] !== undefined) {
      pieces.push(token[2]);
    }
    at = token.index + token[0].length;
  }
  pieces.push(text.slice(at));
  return <>{pieces}</>;
}

/** Lines that are made at first; the rest is there on demand, so many at a time. */
const SHOWN_AT_FIRST = 400;
const SHOWN_MORE = 2_000;

function Lines({ lines, marked }: { lines: (Line | { skipped: number })[]; marked: boolean }): JSX.Element {
  const [limit, setLimit] = useState(SHOWN_AT_FIRST);
  const shown = lines.slice(0, limit);
  const rest = lines.length - shown.length;
  return (
    <>
      <pre class={`json ${marked ? 'marked' : ''}`} tabIndex={0}>
        {shown.map((line, at) =>
          'skipped' in line ? (
            <div key={at} class="j-line skipped">
              {counted(line.skipped, 'line')} the same
            </div>
          ) : (
            <div key={at} class={`j-line ${line.mark === '+' ? 'added' : line.mark === '-' ? 'removed' : ''}`}>
              {marked && <span class="j-mark">{line.mark === '-' ? '−' : line.mark}</span>}
              {'  '.repeat(line.indent)}
              <Coloured text={line.text} />
            </div>
          ),
        )}
      </pre>
      {rest > 0 && (
        <Button onClick={() => setLimit(limit + SHOWN_MORE)}>
          Show {rest > SHOWN_MORE ? `${count(SHOWN_MORE)} of ` : ''}
          {counted(rest, 'more line')}
        </Button>
      )}
    </>
  );
}

/** A value of JSON, laid out, with its size. */
export function Json({ title, text, note }: { title: string; text: string; note?: string }): JSX.Element {
  const lines = useMemo(() => lay(readAnything(text)), [text]);
  return (
    <section class="value">
      <header>
        <h4>{title}</h4>
        {note !== undefined && <span class="muted">{note}</span>}
        <span class="value-size">{bytes(text.length)}</span>
        <Copy text={text} what={title.toLowerCase()} />
      </header>
      <Lines lines={lines} marked={false} />
    </section>
  );
}

/** What lies between two values. */
export function Difference({ title, from, to }: { title: string; from: string; to: string }): JSX.Element {
  const lines = useMemo(() => fold(diff(readAnything(from), readAnything(to))), [from, to]);
  const changes = lines.some((line) => !('skipped' in line) && line.mark !== ' ');
  return (
    <section class="value">
      <header>
        <h4>{title}</h4>
      </header>
      {changes ? <Lines lines={lines} marked /> : <p class="muted">Nothing changed: both are the same.</p>}
    </section>
  );
}
