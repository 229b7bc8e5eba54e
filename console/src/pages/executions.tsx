import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api } from '../api/client';
import { useRefresh } from '../api/live';
import type { ExecutionItem, ExecutionStatus } from '../api/types';
import { focusRow, useShortcuts } from '../keys';
import { count, counted, duration, machineOf, nameOfArn } from '../model/format';
import { labelsOf, labelText, typedLabel } from '../model/labels';
import { ofExecution } from '../model/status';
import { now } from '../preferences';
import { change, href, query } from '../router';
import { Badge, Button, ButtonLink, Empty, Problem, Skeleton, Time } from '../ui/basic';
import { Virtual } from '../ui/Virtual';
import { Icon, StatusIcon } from '../ui/icons';
import { ManyDialog, type Many } from './many';

const STATUSES: ExecutionStatus[] = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

const PERIODS: [string, string, number][] = [
  ['15m', 'Last 15 minutes', 900],
  ['1h', 'Last hour', 3_600],
  ['24h', 'Last 24 hours', 86_400],
  ['7d', 'Last 7 days', 604_800],
];

interface Held {
  key: string;
  items: ExecutionItem[];
  next: string | undefined;
  problem: Error | null;
  loaded: boolean;
}

/** How many are read of a list that is being searched, before the reader is asked whether to go on. */
const SEARCHED = 5_000;
const PAGE = 200;

/** The labels that executions are looked for by; a click takes one away. */
function Labels({ labels }: { labels: string[] }): JSX.Element {
  return (
    <>
      {labels.map((label) => (
        <button key={label} type="button" class="chip label" aria-label={`Look for ${label} no more`} onClick={() => change({ label: labels.filter((each) => each !== label) })}>
          <span>{label}</span>
          <Icon name="close" />
        </button>
      ))}
    </>
  );
}

/** The executions of one state machine, of a Map Run, or of all that bear a label, newest first. Filters stand in the address. */
export function Executions({ machineArn, mapRunArn }: { machineArn?: string; mapRunArn?: string }): JSX.Element {
  const status = query.value.get('status') ?? '';
  const search = query.value.get('q') ?? '';
  const period = query.value.get('since') ?? '';
  const since = PERIODS.find(([id]) => id === period)?.[2];
  const labels = query.value.getAll('label');
  const nowhere = machineArn === undefined && mapRunArn === undefined && labels.length === 0;
  const key = `${machineArn} ${mapRunArn} ${status} ${labels.join('\n')}`;
  const [held, setHeld] = useState<Held>({ key, items: [], next: undefined, problem: null, loaded: false });
  const [busy, setBusy] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [many, setMany] = useState<Many | null>(null);
  const current = useRef(key);
  current.current = key;

  const ask = async (nextToken?: string): Promise<void> => {
    const asked = key;
    if (nowhere) {
      return;
    }
    try {
      const page = await api.executions({
        ...(machineArn === undefined ? {} : { stateMachineArn: machineArn }),
        ...(mapRunArn === undefined ? {} : { mapRunArn }),
        ...(labels.length === 0 ? {} : { labels: labelsOf(labels) }),
        ...(status === '' ? {} : { statusFilter: status }),
        ...(nextToken === undefined ? {} : { nextToken }),
        maxResults: PAGE,
      });
      if (current.current !== asked) {
        return;
      }
      setHeld((before) => {
        if (nextToken !== undefined) {
          const known = new Set(before.items.map((item) => item.executionArn));
          return { ...before, items: [...before.items, ...page.items.filter((item) => !known.has(item.executionArn))], next: page.next, problem: null };
        }
        // The first page again: what stands behind it stays.
        const fresh = new Set(page.items.map((item) => item.executionArn));
        const oldest = page.items.at(-1)?.startDate ?? 0;
        const behind =
          before.key === asked && page.next !== undefined && before.items.length > PAGE
            ? before.items.filter((item) => !fresh.has(item.executionArn) && item.startDate <= oldest)
            : [];
        return { key: asked, items: [...page.items, ...behind], next: behind.length > 0 ? before.next : page.next, problem: null, loaded: true };
      });
    } catch (problem) {
      if (current.current === asked) {
        setHeld((before) => ({ ...(before.key === asked ? before : { items: [], next: undefined, loaded: false }), key: asked, problem: problem as Error }));
      }
    }
  };

  useEffect(() => {
    setChosen(new Set());
    void ask();
  }, [key]);
  const machine = machineArn ?? (mapRunArn === undefined ? '' : machineOf(mapRunArn));
  useRefresh(() => ask(), 4, (changed) => changed === '' || machine === '' || machineOf(changed) === machine);

  const shown = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    const from = since === undefined ? 0 : Date.now() / 1000 - since;
    return held.items.filter(
      (item) =>
        item.startDate >= from &&
        (wanted === '' ||
          item.name.toLowerCase().includes(wanted) ||
          Object.entries(item.labels ?? {}).some(([name, value]) => `${name}=${value}`.toLowerCase().includes(wanted))),
    );
  }, [held, search, since]);

  const more = async (): Promise<void> => {
    if (held.next !== undefined && !busy) {
      setBusy(true);
      await ask(held.next);
      setBusy(false);
    }
  };

  // A search reads on by itself, so that what is older is found too.
  const behind = since !== undefined && (held.items.at(-1)?.startDate ?? 0) < Date.now() / 1000 - since;
  useEffect(() => {
    if (held.next !== undefined && !behind && (search !== '' || since !== undefined) && held.items.length < SEARCHED) {
      void more();
    }
  }, [held, search, since, busy]);

  useShortcuts([
    { keys: 'j', does: 'Next execution', group: 'Executions', act: () => focusRow(1) },
    { keys: 'k', does: 'Previous execution', group: 'Executions', act: () => focusRow(-1) },
  ]);

  const picked = shown.filter((item) => chosen.has(item.executionArn));
  const filtered = status !== '' || search !== '' || since !== undefined || labels.length > 0;
  const typed = typedLabel(search);
  const byLabel = (label: string): void => change({ label: [...labels.filter((each) => each !== label), label], q: undefined });
  const current_ = held.key === key && held.loaded;
  return (
    <div class="executions panel">
      <div class="filters">
        <input
          type="search"
          aria-label="Search executions by name or label"
          placeholder="Name, or label=value  /"
          title="Enter looks for a label, such as order=4711, among all executions"
          value={search}
          onInput={(event) => change({ q: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && typed !== null) {
              byLabel(typed);
            }
          }}
        />
        {typed !== null && (
          <Button icon="search" onClick={() => byLabel(typed)}>
            Find label
          </Button>
        )}
        <Labels labels={labels} />
        <div class="chips" role="group" aria-label="Status">
          <button type="button" class="chip" aria-pressed={status === ''} onClick={() => change({ status: undefined })}>
            All
          </button>
          {STATUSES.map((each) => {
            const saying = ofExecution(each);
            return (
              <button
                key={each}
                type="button"
                class={`chip s-${saying.status}`}
                aria-pressed={status === each}
                onClick={() => change({ status: status === each ? undefined : each })}
              >
                <StatusIcon status={saying.status} />
                {saying.word}
              </button>
            );
          })}
        </div>
        <select aria-label="Started" value={period} onChange={(event) => change({ since: event.currentTarget.value })}>
          <option value="">Any time</option>
          {PERIODS.map(([id, label]) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
        <span class="grow" />
        {picked.length > 0 && (
          <>
            <span class="muted">{count(picked.length)} chosen</span>
            <Button icon="stop" onClick={() => setMany({ what: 'stop', items: picked })}>
              Stop
            </Button>
            <Button icon="redo" onClick={() => setMany({ what: 'redrive', items: picked })}>
              Redrive
            </Button>
          </>
        )}
      </div>
      {held.problem !== null && held.key === key && <Problem problem={held.problem} onRetry={() => void ask()} />}
      {nowhere ? (
        <Empty icon="search" title="Which label?">
          <p>
            Write it as <code>order=4711</code> and press Enter. A definition names the labels of its executions in <code>Reprise.Labels</code>.
          </p>
        </Empty>
      ) : !current_ ? (
        held.problem === null && <Skeleton rows={8} />
      ) : shown.length === 0 ? (
        filtered ? (
          <Empty icon="search" title="No execution fits">
            <p>{held.next === undefined || behind ? 'All executions were looked at.' : `The latest ${count(held.items.length)} were looked at.`}</p>
            <Button onClick={() => change({ status: undefined, q: undefined, since: undefined, label: undefined })}>Show all</Button>
            {held.next !== undefined && !behind && (
              <Button busy={busy} onClick={() => void more()}>
                Look further
              </Button>
            )}
          </Empty>
        ) : (
          <Empty icon="inbox" title="Never run">
            <p>Nothing has been started yet.</p>
            {machineArn !== undefined && (
              <ButtonLink href={href(['machines', machineArn, 'start'])} icon="play" kind="primary">
                Start an execution
              </ButtonLink>
            )}
          </Empty>
        )
      ) : (
        <>
          <Virtual
            class="grid-list"
            label="Executions, newest first"
            count={shown.length}
            rowHeight={36}
            onVisible={(_, last) => {
              if (last >= shown.length - 5 && !filtered) {
                void more();
              }
            }}
            head={
              <div class="grid-row grid-head">
                <span>
                  <input
                    type="checkbox"
                    aria-label="Choose all that are shown"
                    checked={picked.length === shown.length}
                    onChange={(event) => setChosen(event.currentTarget.checked ? new Set(shown.map((item) => item.executionArn)) : new Set())}
                  />
                </span>
                <span>Status</span>
                <span>Name</span>
                <span>Started</span>
                <span class="number">Duration</span>
              </div>
            }
            row={(index) => {
              const item = shown[index];
              if (item === undefined) {
                return null;
              }
              return (
                <div key={item.executionArn} class="grid-row">
                  <span>
                    <input
                      type="checkbox"
                      aria-label={`Choose ${item.name}`}
                      checked={chosen.has(item.executionArn)}
                      onChange={(event) => {
                        const next = new Set(chosen);
                        if (event.currentTarget.checked) {
                          next.add(item.executionArn);
                        } else {
                          next.delete(item.executionArn);
                        }
                        setChosen(next);
                      }}
                    />
                  </span>
                  <span>
                    <Badge saying={ofExecution(item.status)} />
                  </span>
                  <span class="grid-name">
                    <a class="row-link" href={href(['executions', item.executionArn])}>
                      {item.name}
                    </a>
                    {machine === '' && <span class="muted">{nameOfArn(item.stateMachineArn)}</span>}
                    {Object.entries(item.labels ?? {}).map(([name, value]) => (
                      <button key={name} type="button" class="tag" title={`${name}=${value}: all executions with this label`} onClick={() => byLabel(labelText(name, value))}>
                        {name}={value}
                      </button>
                    ))}
                    {(item.redriveCount ?? 0) > 0 && <span class="tag">redriven {item.redriveCount === 1 ? 'once' : `${item.redriveCount} times`}</span>}
                  </span>
                  <span>
                    <Time at={item.startDate} />
                  </span>
                  <span class="number">{duration((item.stopDate ?? now.value) - item.startDate)}</span>
                </div>
              );
            }}
          />
          <footer class="list-foot">
            {filtered
              ? `${counted(shown.length, 'execution')} of ${count(held.items.length)}${held.next === undefined ? '' : ' read so far'}`
              : `${counted(shown.length, 'execution')}${held.next === undefined ? '' : ' read so far'}`}
            {held.next !== undefined && (
              <Button kind="quiet" busy={busy} onClick={() => void more()}>
                Read on
              </Button>
            )}
          </footer>
        </>
      )}
      {many !== null && (
        <ManyDialog
          many={many}
          onClose={(done) => {
            setMany(null);
            if (done) {
              setChosen(new Set());
              void ask();
            }
          }}
        />
      )}
    </div>
  );
}

/** All executions that bear a label, whatever their state machine is. */
export function LabelledPage(): JSX.Element {
  return (
    <div class="page full">
      <div class="head">
        <div>
          <h1>Executions by label</h1>
          <p class="muted">Of all state machines, newest first.</p>
        </div>
      </div>
      <div class="tab-panel">
        <Executions />
      </div>
    </div>
  );
}
