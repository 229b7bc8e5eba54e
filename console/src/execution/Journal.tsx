import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { own } from '../api/client';
import { bytes, count, counted } from '../model/format';
import { Dialog, Problem, Skeleton, Time } from '../ui/basic';
import { Json } from '../ui/Json';
import { Virtual } from '../ui/Virtual';

/** A stored entry, or the mark of an owner who took over, which has no place of its own. */
interface Stored {
  position?: number;
  kind: string;
  at?: number;
  scope?: string;
  step?: number;
  bytes: number;
  elsewhere?: boolean;
  segment: number;
  inHead: boolean;
  resume: number;
  writer: string;
}

interface Totals {
  entries: number;
  segments: number;
  bytes: number;
  storedBytes: number;
  values: number;
  inbox: number;
  resumes: number;
  redrives: number;
  writeUnits: number;
  readUnits: number;
  isRunning: boolean;
  isCut: boolean;
  snapshots: { segment: number; items: number; storedBytes: number }[];
}

interface Answer {
  totals?: Totals;
  entries: Stored[];
  next?: string;
}

interface Held {
  totals: Totals;
  entries: Stored[];
  next: string | undefined;
}

const WORDS: Record<string, string> = {
  started: 'Execution started',
  taskSubmitted: 'Task taken on',
  taskStarted: 'Task begun',
  taskHeard: 'Heartbeat',
  itemsRead: 'Data set read',
  taskSucceeded: 'Task succeeded',
  taskFailed: 'Task failed',
  timerFired: 'Timer fired',
  stopped: 'Stopped',
  givenUp: 'Given up',
  redriven: 'Redriven',
  mark: 'Owner took over',
};

const page = (arn: string, more: string): Promise<Answer> => own(`journal?execution=${encodeURIComponent(arn)}${more}`);

/** Where an entry stands: which write put it there. */
function place(entry: Stored): string {
  return entry.inHead ? 'head' : String(entry.segment);
}

function Opened({ arn, entry, onClose }: { arn: string; entry: Stored; onClose: () => void }): JSX.Element {
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  useEffect(() => {
    own<{ entry: object }>(`entry?execution=${encodeURIComponent(arn)}&segment=${entry.segment}&position=${entry.position}`).then((found) => setText(JSON.stringify(found.entry)), setProblem);
  }, []);
  return (
    <Dialog title={`Entry ${entry.position}: ${(WORDS[entry.kind] ?? entry.kind).toLowerCase()}`} onClose={onClose} wide>
      <dl class="facts">
        <dt>Written in</dt>
        <dd>{entry.inHead ? 'the head' : `batch ${entry.segment}`}</dd>
        <dt>Invocation</dt>
        <dd>{entry.resume + 1}</dd>
        {entry.writer !== '' && (
          <>
            <dt>Lease</dt>
            <dd class="mono">{entry.writer}</dd>
          </>
        )}
      </dl>
      {problem !== null ? <Problem problem={problem} /> : text === null ? <Skeleton rows={4} /> : <Json title="Entry" text={text} />}
    </Dialog>
  );
}

function Figure({ name, value, title }: { name: string; value: string; title?: string }): JSX.Element {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Sums({ totals }: { totals: Totals }): JSX.Element {
  const { snapshots } = totals;
  return (
    <dl class="sums">
      <Figure name="Entries" value={`${count(totals.entries)}${totals.isCut ? ' or more' : ''}`} />
      <Figure name="Batches" value={count(totals.segments)} title="Writes of entries, those in the head left out: entries that come together share one" />
      <Figure name="JSON" value={bytes(totals.bytes)} />
      <Figure name="Stored" value={bytes(totals.storedBytes)} title="As it stands in the table, compressed where that saves a write unit" />
      {totals.values > 0 && <Figure name="Large values" value={counted(totals.values, 'item')} title="Values too large for a batch, in items of their own" />}
      <Figure name="Snapshots" value={snapshots.length === 0 ? 'none' : `${count(snapshots.length)}, ${bytes(snapshots.reduce((sum, each) => sum + each.storedBytes, 0))}`} />
      <Figure name="Invocations" value={count(totals.resumes + 1)} />
      <Figure
        name="Write units"
        value={totals.writeUnits === 0 && totals.isRunning ? 'not told yet' : totals.writeUnits.toLocaleString('en-GB', { maximumFractionDigits: 1 })}
        title="What DynamoDB has counted, up to the last suspension or the end"
      />
      <Figure name="Read units" value={totals.readUnits.toLocaleString('en-GB', { maximumFractionDigits: 1 })} />
    </dl>
  );
}

/** The facts of an execution as they stand in the table, and what keeping them took. */
export function Journal({ arn, version, running }: { arn: string; version: number; running: boolean }): JSX.Element {
  const [held, setHeld] = useState<Held | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const [opened, setOpened] = useState<Stored | null>(null);
  const asking = useRef(false);
  useEffect(() => {
    let current = true;
    // What is appended to a long journal is read when somebody comes there.
    const timer = setTimeout(
      () =>
        page(arn, '').then(
          ({ totals, entries, next }) => {
            if (current && totals !== undefined) {
              setHeld((before) => (before !== null && before.entries.length > entries.length && next !== undefined ? { ...before, totals, next: before.next ?? String(before.entries.at(-1)?.segment ?? 0) } : { totals, entries, next }));
              setProblem(null);
            }
          },
          (refused: Error) => current && setProblem(refused),
        ),
      held === null ? 0 : 400,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [arn, version, running]);
  const more = (): void => {
    const next = held?.next;
    if (next === undefined || asking.current) {
      return;
    }
    asking.current = true;
    page(arn, `&from=${next}`)
      .then(
        (answer) => setHeld((before) => (before === null ? null : { ...before, entries: [...before.entries.filter((each) => each.segment < Number(next)), ...answer.entries], next: answer.next })),
        setProblem,
      )
      .finally(() => (asking.current = false));
  };
  if (held === null) {
    return problem === null ? <Skeleton rows={6} /> : <Problem problem={problem} />;
  }
  const { totals, entries } = held;
  const marks = new Set(totals.snapshots.map((each) => each.segment));
  return (
    <div class="events journal">
      <Sums totals={totals} />
      <Virtual
        class="event-rows"
        label="Journal"
        count={entries.length}
        rowHeight={28}
        onVisible={(_, last) => {
          if (last >= entries.length - 20) {
            more();
          }
        }}
        head={
          <div class="event-row event-head">
            <span class="number">#</span>
            <span>Time</span>
            <span>Fact</span>
            <span>Where</span>
            <span class="number">Size</span>
            <span class="number">Batch</span>
            <span class="number">Invocation</span>
            <span>Lease</span>
          </div>
        }
        row={(index) => {
          const entry = entries[index] as Stored;
          const follows = entries[index + 1];
          const begins = entries[index - 1]?.segment !== entry.segment;
          const marked = marks.has(entry.segment) && follows?.segment !== entry.segment;
          return (
            <div key={index} class={`event-row ${begins ? 'begins' : ''} ${entry.kind === 'taskFailed' ? 'tone-fail' : ''}`} onClick={() => entry.position !== undefined && setOpened(entry)}>
              <span class="number">{entry.position ?? ''}</span>
              <span>{entry.at !== undefined && <Time at={entry.at} part="clock" />}</span>
              <span class="event-type">
                {entry.position === undefined ? (
                  WORDS[entry.kind]
                ) : (
                  <button type="button" class="event-button">
                    {WORDS[entry.kind] ?? entry.kind}
                  </button>
                )}
              </span>
              <span class="event-state mono" title={entry.scope}>
                {entry.scope === undefined ? '' : `${entry.scope}:${entry.step}`}
              </span>
              <span class="number">
                {bytes(entry.bytes)}
                {entry.elsewhere === true && <span title="And a large value beside it"> +</span>}
              </span>
              <span class="number">{begins ? place(entry) : ''}</span>
              <span class="number">{begins ? entry.resume + 1 : ''}</span>
              <span class="event-detail">
                {begins && <span class="mono">{entry.writer.slice(0, 8)}</span>}
                {marked && <span class="tag">snapshot</span>}
              </span>
            </div>
          );
        }}
      />
      {opened !== null && <Opened key={opened.position} arn={arn} entry={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
