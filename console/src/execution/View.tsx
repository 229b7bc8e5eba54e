import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { api, info, own } from '../api/client';
import type { Execution, StateMachine } from '../api/types';
import { Graph } from '../graph/Graph';
import { useShortcuts } from '../keys';
import type { Definition } from '../model/definition';
import type { Events } from '../model/events';
import { exported } from '../model/exported';
import { count, counted, dollars, duration, nameOfArn } from '../model/format';
import { labelText } from '../model/labels';
import type { Run } from '../model/run';
import { isOpen, wayTo, type Visit } from '../model/visit';
import { ofExecution } from '../model/status';
import { now as clock, remember, remembered } from '../preferences';
import { change, href, query } from '../router';
import { useAsked } from '../ui/asked';
import { Badge, Button, ButtonLink, Dialog, Problem, save, say, Tabs, Time } from '../ui/basic';
import { followPointer } from '../ui/drag';
import { Icon } from '../ui/icons';
import { later } from '../ui/later';
import { EventTable } from './EventTable';
import { Inspector } from './Inspector';
import { chooseEvent, chooseState, selectionOf } from './selection';
import { Timeline } from './Timeline';

interface Properties {
  execution: Execution;
  machine: StateMachine;
  definition: Definition | null;
  events: Events;
  live: boolean;
  /** Why what is shown may not be how it stands now. */
  problem?: Error | null;
  onChange?: () => Promise<void>;
}

type Tab = 'timeline' | 'events' | 'journal';

const Journal = later<{ arn: string; version: number; running: boolean }>(() => import('../facts').then((part) => part.Journal));

function Banner({ execution, run, culprit }: { execution: Execution; run: Run; culprit: Visit | null }): JSX.Element | null {
  if (execution.status === 'RUNNING' || execution.status === 'SUCCEEDED' || run.end === null) {
    return null;
  }
  const error = execution.error ?? culprit?.error ?? '';
  const cause = execution.cause ?? culprit?.cause ?? '';
  const words = execution.status === 'ABORTED' ? 'was stopped' : execution.status === 'TIMED_OUT' ? 'ran out of time' : 'failed';
  const way = culprit === null ? [] : wayTo(culprit);
  return (
    <div class={`banner s-${ofExecution(execution.status).status}`} role="alert">
      <Icon name="warning" />
      <div class="banner-text">
        <p>
          <strong>{error === '' ? `The execution ${words}` : error}</strong>
          {culprit !== null && (
            <span>
              {' '}
              in <span class="mono">{way.join(' › ')}</span>
            </span>
          )}
        </p>
        {cause !== '' && <p class="cause">{cause}</p>}
      </div>
      {culprit !== null && (
        <Button icon="jump" onClick={() => chooseEvent(culprit.failure ?? culprit.id)}>
          Show where
        </Button>
      )}
    </div>
  );
}

/** What the endpoint says that an execution has cost. */
interface Cost {
  transitions: number;
  readUnits: number;
  writeUnits: number;
  here: number;
  standard: number;
}

/** What it has cost here, and what it would have cost on Step Functions. Asked again when it has gone on. */
function CostFacts({ execution }: { execution: Execution }): JSX.Element | null {
  const { executionArn, status, redriveCount, wakeAt } = execution;
  const { value } = useAsked(`${executionArn} ${status} ${redriveCount} ${wakeAt}`, () => own<Cost>(`cost?execution=${encodeURIComponent(executionArn)}`));
  if (value === null) {
    return null;
  }
  const units = (number: number): string => count(Math.round(number * 10) / 10);
  const soFar = status === 'RUNNING' ? ' so far' : '';
  return (
    <>
      <div title={`${units(value.writeUnits)} write units and ${units(value.readUnits)} read units of DynamoDB${soFar}; the time of the function is not in it. A million: ${dollars(value.here * 1e6)}`}>
        <dt>Cost</dt>
        <dd>{dollars(value.here)}</dd>
      </div>
      <div title={`${counted(value.transitions, 'state transition')} of a Standard workflow${soFar}. A million: ${dollars(value.standard * 1e6)}`}>
        <dt>On Step Functions</dt>
        <dd>{dollars(value.standard)}</dd>
      </div>
    </>
  );
}

function StopDialog({ execution, onClose, onDone }: { execution: Execution; onClose: () => void; onDone: () => void }): JSX.Element {
  const [error, setError] = useState('');
  const [cause, setCause] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const stop = async (): Promise<void> => {
    setBusy(true);
    try {
      await api.stop(execution.executionArn, error, cause);
      say(`${execution.name} is stopped`);
      onDone();
    } catch (refused) {
      setProblem(refused as Error);
      setBusy(false);
    }
  };
  return (
    <Dialog title={`Stop ${execution.name}`} onClose={onClose}>
      <p>The execution is aborted. What it has done stays done; it can be redriven later, from where it stopped.</p>
      <label class="field">
        <span>Error, if you like</span>
        <input value={error} maxLength={256} onInput={(event) => setError(event.currentTarget.value)} />
      </label>
      <label class="field">
        <span>Cause, if you like</span>
        <textarea rows={3} value={cause} onInput={(event) => setCause(event.currentTarget.value)} />
      </label>
      {problem !== null && <Problem problem={problem} />}
      <footer>
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="danger" busy={busy} onClick={() => void stop()}>
          Stop
        </Button>
      </footer>
    </Dialog>
  );
}

/** Drags the line between the upper and the lower half. */
function useSplit(): { style: Record<string, string>; onPointerDown: (event: PointerEvent) => void; onKeyDown: (event: KeyboardEvent) => void; share: number } {
  const [share, setShare] = useState(Number(remembered('split') ?? '') || 58);
  const set = (value: number): void => {
    const next = Math.round(Math.min(80, Math.max(25, value)));
    setShare(next);
    remember('split', String(next));
  };
  return {
    share,
    style: { '--split': `${share}%` },
    onPointerDown: (event) => {
      event.preventDefault();
      const box = (event.currentTarget as Element).parentElement?.getBoundingClientRect();
      if (box === undefined) {
        return;
      }
      followPointer((move) => set(((move.clientY - box.top) / box.height) * 100));
    },
    onKeyDown: (event) => {
      if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
        event.preventDefault();
        set(share + (event.key === 'ArrowUp' ? -3 : 3));
      }
    },
  };
}

/** All of one execution: head, failure, graph, timeline, events and inspector, with one selection for all. */
export function ExecutionView(properties: Properties): JSX.Element {
  const { execution, machine, definition, events, live, problem = null, onChange } = properties;
  const { run } = events;
  const version = events.version.value;
  const now = execution.status === 'RUNNING' ? Math.max(clock.value, run.lastAt) : (execution.stopDate ?? run.lastAt);
  const told = useAsked('info', info).value;
  const facts = live && told?.seesFacts === true;
  const view = query.value.get('view');
  const tab: Tab = view === 'events' || (view === 'journal' && facts) ? view : 'timeline';
  const [dialog, setDialog] = useState<'stop' | null>(null);
  const [busy, setBusy] = useState(false);
  const [saving, setSaving] = useState(false);
  const split = useSplit();
  const selection = selectionOf(run);
  const tallies = useMemo(() => run.tallies(), [version]);
  const culprit = useMemo(() => run.culprit(), [version]);
  const taken = useMemo(() => new Set(run.taken), [version]);
  const latest = useMemo(() => culprit?.state ?? run.visits.findLast((visit) => isOpen(visit.status))?.state ?? null, [version]);

  const redrive = async (): Promise<void> => {
    setBusy(true);
    try {
      await api.redrive(execution.executionArn);
      say('It goes on from where it failed');
      await onChange?.();
    } catch (problem) {
      say((problem as Error).message);
    }
    setBusy(false);
  };

  const keep = async (): Promise<void> => {
    setSaving(true);
    try {
      save(`${execution.name}.history.json`, await exported(execution, machine, events));
    } catch (problem) {
      say(`The history could not be saved: ${(problem as Error).message}`);
    }
    setSaving(false);
  };

  const show = (to: Tab): void => change({ view: to === 'timeline' ? undefined : to });
  const step = (by: number): void => {
    const at = (selection.event ?? (by > 0 ? 0 : events.total.value + 1)) + by;
    if (at >= 1 && at <= events.total.value) {
      chooseEvent(at);
    }
  };
  const nextFailure = (): void => {
    const failed = new Set<number>();
    for (const visit of run.visits) {
      for (const attempt of visit.attempts) {
        if (attempt.end !== null && (attempt.outcome === 'failed' || attempt.outcome === 'timedOut')) {
          failed.add(attempt.end);
        }
      }
      if (visit.failure !== null) {
        failed.add(visit.failure);
      }
    }
    const inOrder = [...failed].sort((a, b) => a - b);
    const next = inOrder.find((event) => event > (selection.event ?? 0)) ?? inOrder[0];
    if (next === undefined) {
      say('Nothing failed');
    } else {
      chooseEvent(next);
    }
  };
  useShortcuts([
    { keys: '1', does: 'Timeline', group: 'Execution', act: () => show('timeline') },
    { keys: '2', does: 'Events', group: 'Execution', act: () => show('events') },
    ...(facts ? [{ keys: '3', does: 'Journal', group: 'Execution', act: () => show('journal') }] : []),
    { keys: 'j', does: 'Next event', group: 'Execution', act: () => step(1) },
    { keys: 'k', does: 'Previous event', group: 'Execution', act: () => step(-1) },
    { keys: 'f', does: 'Next failure', group: 'Execution', act: nextFailure },
    { keys: 'Escape', does: 'Choose nothing: the whole execution', group: 'Execution', act: () => change({ event: undefined, state: undefined }) },
    { keys: 'ArrowLeft', does: 'Move the graph, with all arrow keys, when it has the focus', group: 'Graph', act: () => document.querySelector<SVGElement>('svg.graph')?.focus() },
    { keys: '+', does: 'Zoom in', group: 'Graph', act: () => document.querySelector<HTMLElement>('.graph-tools button:nth-child(1)')?.click() },
    { keys: '-', does: 'Zoom out', group: 'Graph', act: () => document.querySelector<HTMLElement>('.graph-tools button:nth-child(2)')?.click() },
    { keys: '0', does: 'Show the whole graph', group: 'Graph', act: () => document.querySelector<HTMLElement>('.graph-tools button:nth-child(3)')?.click() },
  ]);

  const running = execution.status === 'RUNNING';
  const redrivable = execution.redriveStatus === 'REDRIVABLE';
  return (
    <div class="page full execution">
      <div class="head">
        <div>
          <h1>
            <span>{execution.name}</span>
            <Badge saying={ofExecution(execution.status)} />
            {!live && <span class="tag">imported, not live</span>}
          </h1>
          <dl class="meta">
            <div>
              <dt>Started</dt>
              <dd>
                <Time at={execution.startDate} />
              </dd>
            </div>
            <div>
              <dt>{running ? 'Running for' : 'Took'}</dt>
              <dd>{duration((execution.stopDate ?? now) - execution.startDate)}</dd>
            </div>
            <div>
              <dt>Events</dt>
              <dd>{count(events.total.value)}</dd>
            </div>
            {execution.wakeAt !== undefined && running && (
              <div>
                <dt>Sleeps until</dt>
                <dd>
                  <Time at={execution.wakeAt} />
                </dd>
              </div>
            )}
            {(execution.redriveCount ?? 0) > 0 && (
              <div>
                <dt>Redriven</dt>
                <dd>{counted(execution.redriveCount ?? 0, 'time')}</dd>
              </div>
            )}
            {live && events.complete.value && (!running || execution.wakeAt !== undefined) && <CostFacts execution={execution} />}
            {Object.entries(execution.labels ?? {}).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{live ? <a href={href(['executions'], { label: labelText(name, value) })}>{value}</a> : value}</dd>
              </div>
            ))}
            {execution.mapRunArn !== undefined && (
              <div>
                <dt>Map Run</dt>
                <dd>
                  <a href={href(['mapruns', execution.mapRunArn])}>{nameOfArn(execution.mapRunArn)}</a>
                </dd>
              </div>
            )}
          </dl>
        </div>
        <div class="head-tools">
          <Button icon="download" busy={saving} onClick={() => void keep()}>
            Export
          </Button>
          {live && (
            <ButtonLink href={href(['machines', execution.stateMachineArn, 'start'], { from: execution.executionArn })} icon="edit">
              Run again
            </ButtonLink>
          )}
          {facts && (
            <ButtonLink href={href(['executions', execution.executionArn, 'replay'])} icon="flask">
              Replay with edits
            </ButtonLink>
          )}
          {live && running && (
            <Button icon="stop" kind="danger" onClick={() => setDialog('stop')}>
              Stop
            </Button>
          )}
          {live && !running && execution.status !== 'SUCCEEDED' && (
            <Button
              icon="redo"
              kind="primary"
              busy={busy}
              disabled={!redrivable}
              title={redrivable ? 'Goes on from where it failed; what succeeded is not run again' : (execution.redriveStatusReason ?? 'It cannot be redriven')}
              onClick={() => void redrive()}
            >
              Redrive
            </Button>
          )}
        </div>
      </div>
      {problem !== null && <Problem problem={problem} onRetry={() => void onChange?.()} />}
      <Banner execution={execution} run={run} culprit={culprit} />
      <div class="workspace">
      <div class="halves" style={split.style}>
        <div class="panel upper">
          {definition === null ? (
            <Problem problem={new Error('The definition of this execution cannot be read, so there is no graph.')} />
          ) : (
            <Graph
              definition={definition}
              tallies={tallies}
              taken={taken}
              chosen={selection.state}
              onChoose={(state) => chooseState(run, state)}
              focus={selection.state ?? latest}
              name={`${machine.name}-${execution.name}`}
            />
          )}
        </div>
        <div
          class="splitter"
          role="separator"
          aria-orientation="horizontal"
          aria-label="Height of the graph"
          aria-valuenow={split.share}
          aria-valuemin={25}
          aria-valuemax={80}
          tabIndex={0}
          onPointerDown={split.onPointerDown}
          onKeyDown={split.onKeyDown}
        />
        <div class="panel lower">
          <Tabs
            label="What happened"
            tabs={[
              { id: 'timeline', label: 'Timeline' },
              { id: 'events', label: 'Events', count: count(events.total.value) },
              ...(facts ? [{ id: 'journal' as const, label: 'Journal' }] : []),
            ]}
            chosen={tab}
            panel="lower-panel"
            onChoose={show}
          />
          <div id="lower-panel" class="lower-body" role="tabpanel" aria-labelledby={`lower-panel-tab-${tab}`}>
            {tab === 'timeline' ? (
              <Timeline run={run} definition={definition} selection={selection} now={now} version={version} />
            ) : tab === 'events' ? (
              <EventTable events={events} selection={selection} version={version} />
            ) : (
              <Journal arn={execution.executionArn} version={version} running={running} />
            )}
          </div>
        </div>
      </div>
      <aside class="panel inspector-panel" aria-label="Inspector">
        <Inspector execution={execution} definition={definition} events={events} selection={selection} now={now} version={version} live={live} />
      </aside>
      </div>
      {dialog === 'stop' && (
        <StopDialog
          execution={execution}
          onClose={() => setDialog(null)}
          onDone={() => {
            setDialog(null);
            void onChange?.();
          }}
        />
      )}
    </div>
  );
}
