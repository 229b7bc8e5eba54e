import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Execution, HistoryEvent } from '../api/types';
import { tokenIn, type Definition } from '../model/definition';
import type { Events } from '../model/events';
import { count, counted, duration, nameOfArn } from '../model/format';
import { part } from '../model/json';
import { detailsOf, typeWords } from '../model/row';
import type { Run } from '../model/run';
import { isOpen, scopeName, waitsForToken, wayTo, type Attempt, type Scope, type Visit } from '../model/visit';
import { ofAttempt, ofExecution, ofVisit } from '../model/status';
import { href } from '../router';
import { Badge, Button, Copy, Tabs, Time } from '../ui/basic';
import { Difference, Json } from '../ui/Json';
import { StatusIcon } from '../ui/icons';
import { later } from '../ui/later';
import { AnswerDialog } from './answer';
import { MapGrid } from './MapGrid';
import { chooseEvent, chooseState, type Selection } from './selection';
import { useFlow, type Flow } from './stages';
import { TryDialog } from './try';

interface Properties {
  execution: Execution;
  definition: Definition | null;
  events: Events;
  selection: Selection;
  now: number;
  version: number;
  /** Nothing can be done about an imported history. */
  live: boolean;
}

type Tab = 'data' | 'items' | 'attempts' | 'logs' | 'event' | 'definition';

const Logs = later<{ arn: string; visit: Visit; live: boolean }>(() => import('../facts').then((part) => part.Logs));

function Way({ visit, run }: { visit: Visit; run: Run }): JSX.Element {
  const steps: { text: string; act: (() => void) | null }[] = [];
  for (let scope: Scope = visit.scope; scope.owner !== null; scope = scope.owner.scope) {
    const { owner, event } = scope;
    steps.unshift({ text: owner.state, act: () => chooseEvent(owner.id) }, { text: scopeName(scope), act: () => chooseEvent(event) });
  }
  const times = run.visitsOf(visit.state).length;
  return (
    <div class="way">
      {steps.map((step, at) => (
        <span key={at}>
          <button type="button" class="link" onClick={step.act ?? undefined}>
            {step.text}
          </button>
          <i aria-hidden="true">›</i>
        </span>
      ))}
      {times > 1 && (
        <button type="button" class="link way-all" onClick={() => chooseState(run, visit.state)}>
          all {count(times)} times
        </button>
      )}
    </div>
  );
}

function Attempts({ attempts, now }: { attempts: Attempt[]; now: number }): JSX.Element {
  return (
    <ol class="attempts">
      {attempts.map((attempt, at) => {
        const before = attempts[at - 1];
        return (
          <li key={attempt.event}>
            {before?.endedAt !== null && before?.endedAt !== undefined && <p class="attempt-gap">{duration(attempt.startedAt - before.endedAt)} back-off, free</p>}
            <button type="button" class="attempt" onClick={() => chooseEvent(attempt.event)}>
              <StatusIcon status={ofAttempt(attempt)} />
              <strong>Attempt {at + 1}</strong>
              <span class="muted">{duration((attempt.endedAt ?? now) - attempt.startedAt)}</span>
              <Time at={attempt.startedAt} part="clock" />
            </button>
            {attempt.error !== '' && (
              <p class="attempt-error">
                <strong>{attempt.error}</strong> {attempt.cause}
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Data({ flow, visit }: { flow: Flow; visit: Visit }): JSX.Element {
  const [chosen, setChosen] = useState<string>('change');
  const input = flow.stages.find((stage) => stage.id === 'input');
  const output = flow.stages.find((stage) => stage.id === 'output');
  const changed = input !== undefined && output !== undefined;
  const stage = flow.stages.find((each) => each.id === chosen) ?? (changed && chosen === 'change' ? null : (flow.stages.at(-1) ?? null));
  if (!flow.loaded) {
    return <p class="muted">Reading…</p>;
  }
  if (flow.stages.length === 0) {
    return <p class="muted">The history holds no data of this state.</p>;
  }
  return (
    <div class="flow">
      <div class="flow-stages" role="group" aria-label="Stages of the data">
        {flow.stages.map((each) => (
          <button key={each.id} type="button" class={each.computed ? 'computed' : ''} aria-pressed={stage === each} onClick={() => setChosen(each.id)} title={each.computed ? 'Worked out again with the input and result that it had' : ''}>
            {each.title}
          </button>
        ))}
        {changed && (
          <button type="button" aria-pressed={stage === null} onClick={() => setChosen('change')}>
            In → out
          </button>
        )}
      </div>
      {stage === null && changed ? (
        <Difference title="What the state changed" from={input.text} to={output.text} />
      ) : (
        stage !== null && <Json title={stage.title} text={stage.text} {...(stage.computed ? { note: 'computed' } : {})} />
      )}
      {visit.exit === null && isOpen(visit.status) && <p class="muted">The state has no output yet.</p>}
      {flow.variables !== null && <Json title="Variables assigned" text={flow.variables} />}
    </div>
  );
}

function RawEvent({ event }: { event: HistoryEvent }): JSX.Element {
  const details = detailsOf(event);
  const texts = Object.entries(details).filter(([, value]) => typeof value === 'string' && /^[[{"]/.test(value));
  const rest = Object.fromEntries(Object.entries(details).filter(([name]) => !texts.some(([each]) => each === name) && !name.endsWith('Details')));
  return (
    <>
      <dl class="facts">
        <dt>Event</dt>
        <dd>
          {event.id}, {typeWords(event.type).toLowerCase()}
        </dd>
        <dt>Follows from</dt>
        <dd>
          {event.previousEventId === 0 ? (
            'none'
          ) : (
            <button type="button" class="link" onClick={() => chooseEvent(event.previousEventId)}>
              event {event.previousEventId}
            </button>
          )}
        </dd>
        <dt>Time</dt>
        <dd>
          <Time at={event.timestamp} part="exact" />
        </dd>
      </dl>
      {Object.keys(rest).length > 0 && <Json title="Details" text={JSON.stringify(rest)} />}
      {texts.map(([name, value]) => (
        <Json key={name} title={name.charAt(0).toUpperCase() + name.slice(1)} text={String(value)} />
      ))}
    </>
  );
}

/** The token that somebody outside answers with; null when the state waits for nobody. */
function useToken(events: Events, definition: Definition | null, visit: Visit | null, event: HistoryEvent | null): string | null {
  const [token, setToken] = useState<string | null>(null);
  const attempt = visit?.attempts.at(-1);
  const waits = visit !== null && attempt?.outcome === 'open' && waitsForToken(visit);
  useEffect(() => {
    setToken(null);
    if (!waits || attempt === undefined || visit === null) {
      return;
    }
    let current = true;
    void events.find(attempt.event).then((scheduled) => {
      const raw = definition?.states.get(visit.state)?.raw;
      const sent = scheduled === undefined ? undefined : detailsOf(scheduled)['parameters'];
      if (current && raw !== undefined && typeof sent === 'string') {
        setToken(tokenIn(raw['Arguments'] ?? raw['Parameters'], sent));
      }
    });
    return () => {
      current = false;
    };
  }, [waits, attempt?.event, event]);
  return waits ? token : null;
}

function VisitPanel(properties: Properties & { visit: Visit }): JSX.Element {
  const { definition, events, selection, now, version, live, visit } = properties;
  const [tab, setTab] = useState<Tab>('data');
  const [dialog, setDialog] = useState<'answer' | 'try' | null>(null);
  const [event, setEvent] = useState<HistoryEvent | null>(null);
  const flow = useFlow(events, definition, visit, version);
  const token = useToken(events, definition, visit, event);
  useEffect(() => {
    let current = true;
    setEvent(null);
    if (selection.event !== null) {
      void events.find(selection.event).then((found) => {
        if (current) {
          setEvent(found ?? null);
        }
      });
    }
    return () => {
      current = false;
    };
  }, [selection.event, version === 0]);
  // An event in the midst of a state is what was asked for; the state's own are its data.
  useEffect(() => {
    if (visit.type === 'Map' && visit.children.length > 0 && selection.event === visit.id) {
      setTab('items');
    } else if (tab === 'items') {
      setTab('data');
    }
  }, [visit.id]);
  const state = definition?.states.get(visit.state);
  const saying = ofVisit(visit.status);
  const tabs: { id: Tab; label: string; count?: string }[] = [{ id: 'data', label: 'Data' }];
  if (visit.type === 'Map' && visit.children.length > 0) {
    tabs.unshift({ id: 'items', label: 'Items', count: count(visit.children.length) });
  }
  if (visit.attempts.length > 0) {
    tabs.push({ id: 'attempts', label: 'Attempts', count: count(visit.attempts.length) });
  }
  if (visit.type === 'Task') {
    tabs.push({ id: 'logs', label: 'Logs' });
  }
  tabs.push({ id: 'event', label: 'Event' }, { id: 'definition', label: 'Definition' });
  const shown = tabs.some((each) => each.id === tab) ? tab : 'data';
  const input = flow.stages.find((stage) => stage.id === 'input')?.text;
  return (
    <div class="inspector">
      <header class="inspector-head">
        <Way visit={visit} run={events.run} />
        <h2 title={wayTo(visit).join(' › ')}>{visit.state}</h2>
        <p>
          <Badge saying={saying} />
          <span class="tag">{visit.type}</span>
          <span class="muted">{duration((visit.leftAt ?? now) - visit.enteredAt)}</span>
          <span class="muted">
            since <Time at={visit.enteredAt} part="clock" />
          </span>
        </p>
        <div class="inspector-do">
          {live && token !== null && (
            <Button kind="primary" icon="inbox" onClick={() => setDialog('answer')}>
              Answer
            </Button>
          )}
          {live && state !== undefined && input !== undefined && (
            <Button icon="flask" onClick={() => setDialog('try')}>
              Try this state
            </Button>
          )}
          {visit.arn !== '' && (
            <a class="button" href={href([visit.arn.includes(':mapRun:') ? 'mapruns' : 'executions', visit.arn])}>
              {visit.arn.includes(':mapRun:') ? 'Map Run' : nameOfArn(visit.arn)}
            </a>
          )}
        </div>
      </header>
      {visit.error !== '' && visit.failure !== null && (
        <div class={`error-box ${visit.status === 'caught' ? 'caught' : ''}`}>
          <strong>{visit.error}</strong>
          {visit.cause !== '' && <p>{visit.cause}</p>}
        </div>
      )}
      {token !== null && <p class="note wait">Waits until somebody answers with its token. Nothing runs meanwhile, and nothing is paid for.</p>}
      <Tabs label="Inspector" tabs={tabs} chosen={shown} panel="inspector-panel" onChoose={setTab} />
      <div id="inspector-panel" class="inspector-body" role="tabpanel" aria-labelledby={`inspector-panel-tab-${shown}`} tabIndex={0}>
        {shown === 'data' && <Data flow={flow} visit={visit} />}
        {shown === 'items' && <MapGrid visit={visit} version={version} now={now} />}
        {shown === 'attempts' && <Attempts attempts={visit.attempts} now={now} />}
        {shown === 'logs' && <Logs key={visit.id} arn={properties.execution.executionArn} visit={visit} live={live} />}
        {shown === 'event' && (event === null ? <p class="muted">Reading…</p> : <RawEvent event={event} />)}
        {shown === 'definition' && (state === undefined || definition === null ? <p class="muted">The definition has no such state.</p> : <Json title="Definition" text={part(definition.source, state.pointer)} note={state.pointer} />)}
      </div>
      {dialog === 'answer' && token !== null && <AnswerDialog state={visit.state} token={token} onClose={() => setDialog(null)} />}
      {dialog === 'try' && definition !== null && (
        <TryDialog definition={definition} state={visit.state} input={input ?? '{}'} result={flow.stages.find((stage) => stage.id === 'result')?.text ?? null} onClose={() => setDialog(null)} />
      )}
    </div>
  );
}

/** All times that a state was entered, failed ones first. */
function Visits({ run, state, now, version }: { run: Run; state: string; now: number; version: number }): JSX.Element {
  const visits = run.visitsOf(state);
  const rank = (visit: Visit): number => (visit.status === 'failed' || visit.status === 'timedOut' ? 0 : isOpen(visit.status) ? 1 : visit.status === 'succeeded' ? 3 : 2);
  const sorted = visits.toSorted((a, b) => rank(a) - rank(b) || a.id - b.id);
  return (
    <div class="inspector" data-version={version}>
      <header class="inspector-head">
        <h2>{state}</h2>
        <p class="muted">{visits.length === 0 ? 'Not entered in this execution.' : `Entered ${counted(visits.length, 'time')}; choose one.`}</p>
      </header>
      <div class="inspector-body flush">
        {sorted.slice(0, 500).map((visit) => (
          <button key={visit.id} type="button" class="visit-row" onClick={() => chooseEvent(visit.id)}>
            <StatusIcon status={ofVisit(visit.status).status} />
            <span>{visit.scope.owner === null ? `Event ${visit.id}` : scopeName(visit.scope)}</span>
            <span class="visit-error">{visit.error}</span>
            <span class="muted number">{duration((visit.leftAt ?? now) - visit.enteredAt)}</span>
          </button>
        ))}
        {sorted.length > 500 && <p class="muted padded">and {count(sorted.length - 500)} more: see the timeline or the Map's items.</p>}
      </div>
    </div>
  );
}

function ScopePanel({ scope, now }: { scope: Scope; now: number }): JSX.Element {
  const saying = ofVisit(scope.status);
  return (
    <div class="inspector">
      <header class="inspector-head">
        <div class="way">
          <span>
            <button type="button" class="link" onClick={() => chooseEvent(scope.owner?.id ?? null)}>
              {scope.owner?.state}
            </button>
            <i aria-hidden="true">›</i>
          </span>
        </div>
        <h2>{scopeName(scope)}</h2>
        <p>
          <Badge saying={saying} />
          <span class="muted">{duration((scope.endedAt ?? now) - scope.startedAt)}</span>
          {scope.name !== '' && <span class="muted">index {scope.index}</span>}
        </p>
      </header>
      {scope.error !== '' && (
        <div class="error-box">
          <strong>{scope.error}</strong>
          <p>{scope.visits.at(-1)?.cause}</p>
        </div>
      )}
      <div class="inspector-body flush">
        {scope.visits.map((visit) => (
          <button key={visit.id} type="button" class="visit-row" onClick={() => chooseEvent(visit.id)}>
            <StatusIcon status={ofVisit(visit.status).status} />
            <span>{visit.state}</span>
            <span class="visit-error">{visit.error}</span>
            <span class="muted number">{duration((visit.leftAt ?? now) - visit.enteredAt)}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

function ExecutionPanel({ execution, run }: { execution: Execution; run: Run }): JSX.Element {
  const { input, output } = execution;
  const [both, setBoth] = useState(false);
  return (
    <div class="inspector">
      <header class="inspector-head">
        <h2>The execution</h2>
        <p>
          <Badge saying={ofExecution(execution.status)} />
          <span class="muted">{counted(run.visits.length, 'state')} entered</span>
        </p>
        <p class="muted arn">
          <span>{execution.executionArn}</span>
          <Copy text={execution.executionArn} what="ARN" />
        </p>
      </header>
      <div class="inspector-body">
        <p class="muted">Choose a state in the graph, a row of the timeline or an event: everything else follows.</p>
        {both && input !== undefined && output !== undefined ? (
          <Difference title="From input to output" from={input} to={output} />
        ) : (
          <>
            {input !== undefined && <Json title="Input" text={input} />}
            {output !== undefined && <Json title="Output" text={output} />}
          </>
        )}
        {input !== undefined && output !== undefined && (
          <Button kind="quiet" pressed={both} onClick={() => setBoth(!both)}>
            Show the difference
          </Button>
        )}
      </div>
    </div>
  );
}

/** Tells of what is chosen; of the execution when nothing is. */
export function Inspector(properties: Properties): JSX.Element {
  const { events, selection, execution, now, version } = properties;
  if (selection.scope !== null) {
    return <ScopePanel key={selection.scope.event} scope={selection.scope} now={now} />;
  }
  if (selection.visit !== null) {
    return <VisitPanel {...properties} visit={selection.visit} />;
  }
  if (selection.state !== null) {
    return <Visits run={events.run} state={selection.state} now={now} version={version} />;
  }
  return <ExecutionPanel execution={execution} run={events.run} />;
}
