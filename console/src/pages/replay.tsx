import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, own } from '../api/client';
import type { HistoryEvent } from '../api/types';
import type { EditorHandle } from '../editor/editor';
import { Graph } from '../graph/Graph';
import { Events } from '../model/events';
import { count, counted, nameOfArn } from '../model/format';
import { pretty } from '../model/json';
import { ofExecution, type Status } from '../model/status';
import { href } from '../router';
import { useAsked } from '../ui/asked';
import { Badge, ButtonLink, Copy, Problem, Skeleton } from '../ui/basic';
import { StatusIcon } from '../ui/icons';
import { CodeEditor, Problems, stateAt, useChecked } from './edit';

interface Difference {
  kind: string;
  words: string;
  state?: string;
  /** The event of then up to which all was the same. */
  event?: number;
}

interface End {
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  error?: string;
  cause?: string;
}

interface Result {
  verdict: 'SAME' | 'DIFFERENT' | 'UNKNOWN';
  differences: Difference[];
  otherData?: Difference;
  then: End;
  now: End;
  facts: number;
  leftOver: { state: string; scope: string; attempt: number; event: number }[];
  leftOverCount: number;
  events: HistoryEvent[];
  eventCount: number;
}

const VERDICTS: Record<Result['verdict'], [Status, string]> = {
  SAME: ['ok', 'Goes the same way to the same end'],
  DIFFERENT: ['warn', 'Goes another way'],
  UNKNOWN: ['wait', 'Asks for what the past does not know'],
};

/** How long after the last key the definition is replayed, once it is valid. */
const PAUSE = 200;

/** How often each state's answers are left over, in words. */
function left(result: Result): string {
  const states = new Map<string, number>();
  for (const { state } of result.leftOver) {
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return [...states].map(([state, times]) => (times === 1 ? state : `${state} × ${count(times)}`)).join(', ');
}

function Outcome({ name, end }: { name: string; end: End }): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {end.status === 'RUNNING' && name === 'Now' ? 'comes to no end' : <Badge saying={ofExecution(end.status)} />} {end.error}
      </dd>
    </>
  );
}

function Verdict({ arn, result, busy, onChoose }: { arn: string; result: Result | null; busy: boolean; onChoose: (state: string | undefined) => void }): JSX.Element {
  if (result === null) {
    return (
      <div class="problems" role="status">
        <p class="problems-head">
          <StatusIcon status="run" />
          Replaying…
        </p>
      </div>
    );
  }
  const [status, words] = VERDICTS[result.verdict];
  const all = result.otherData === undefined ? result.differences : [...result.differences, result.otherData];
  return (
    <div class="problems replayed" role="status" aria-live="polite" aria-busy={busy}>
      <p class="problems-head">
        <StatusIcon status={busy ? 'run' : status} />
        {words}
        <span class="muted">
          {counted(result.facts, 'answer')} of tasks, {result.leftOverCount === 0 ? 'all asked for' : `${count(result.leftOverCount)} left over`}
        </span>
      </p>
      {all.length > 0 && (
        <ul>
          {all.map((each, at) => (
            <li key={at}>
              <button type="button" onClick={() => onChoose(each.state)} disabled={each.state === undefined}>
                <StatusIcon status={each.kind === 'NO_ANSWER' ? 'wait' : each.kind === 'OTHER_DATA' ? 'none' : 'warn'} />
                <span>
                  {each.kind === 'OTHER_DATA' && 'First other data: '}
                  {each.words}
                </span>
              </button>
              {each.event !== undefined && (
                <a class="replayed-event" href={href(['executions', arn], { event: each.event })}>
                  event {each.event} then
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
      <dl class="facts">
        <Outcome name="Then" end={result.then} />
        <Outcome name="Now" end={result.now} />
        {result.leftOverCount > 0 && (
          <>
            <dt>Left over</dt>
            <dd>{left(result)}</dd>
          </>
        )}
      </dl>
    </div>
  );
}

/** What an edited definition would have done with an execution's facts. */
export function ReplayPage({ arn }: { arn: string }): JSX.Element {
  const asked = useAsked(arn, () => api.stateMachineOf(arn));
  const [text, setText] = useState<string | null>(null);
  const [result, setResult] = useState<Result | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const handle = useRef<EditorHandle | null>(null);
  const { problems, errors, byState, drawn, checking, refused } = useChecked(text);
  const valid = text !== null && !checking && errors.length === 0;

  useEffect(() => {
    if (asked.value !== null && text === null) {
      setText(pretty(asked.value.definition));
    }
  }, [asked.value]);

  useEffect(() => {
    if (!valid) {
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const body = JSON.stringify({ executionArn: arn, definition: text });
      own<Result>('replay', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, signal: abort.signal }).then(
        (found) => {
          setResult(found);
          setFailure(null);
          setDone(text);
        },
        (problem: Error) => {
          if (!abort.signal.aborted) {
            setFailure(problem);
          }
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, valid]);

  const run = useMemo(() => (result === null || drawn === null ? null : Events.of(drawn, result.events).run), [result]);
  const fresh = valid && done === text;
  const choose = (state: string | null): void => {
    setChosen(state);
    const pointer = state === null ? undefined : drawn?.states.get(state)?.pointer;
    if (pointer !== undefined) {
      handle.current?.goTo(pointer);
    }
  };
  const first = result?.differences[0]?.state ?? null;
  return (
    <div class="page full">
      <div class="head">
        <div>
          <h1>
            <span>Replay {nameOfArn(arn)}</span>
          </h1>
          <p class="muted">What its tasks gave then is given again, at the same times. Nothing outside is asked for anything, and nothing is saved.</p>
        </div>
        <div class="head-tools">
          {text !== null && <Copy text={text} what="definition" />}
          <ButtonLink href={href(['executions', arn])}>Back</ButtonLink>
        </div>
      </div>
      {asked.problem !== null && <Problem problem={asked.problem} onRetry={() => void asked.again()} />}
      {(failure ?? refused) !== null && <Problem problem={(failure ?? refused) as Error} />}
      {text === null ? (
        asked.problem === null && <Skeleton rows={10} />
      ) : (
        <div class="split panel tall even">
          <div class="edit-side">
            <CodeEditor text={text} problems={problems} onChange={setText} handle={handle} onSave={() => {}} />
            {errors.length > 0 ? (
              <Problems
                problems={problems}
                checking={checking}
                onChoose={(problem) => {
                  handle.current?.goTo(problem.location ?? '');
                  setChosen(stateAt(problem.location ?? ''));
                }}
              />
            ) : (
              <Verdict arn={arn} result={result} busy={!fresh} onChoose={(state) => choose(state ?? null)} />
            )}
          </div>
          {drawn === null ? (
            <p class="muted padded">The graph shows up once the text is JSON.</p>
          ) : (
            <Graph
              definition={drawn}
              tallies={run === null || errors.length > 0 ? null : run.tallies()}
              taken={run === null || errors.length > 0 ? null : new Set(run.taken)}
              chosen={chosen}
              focus={first}
              problems={byState}
              onChoose={choose}
              name={`${nameOfArn(arn)}-replayed`}
            />
          )}
        </div>
      )}
    </div>
  );
}
