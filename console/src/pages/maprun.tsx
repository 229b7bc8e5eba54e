import type { JSX } from 'preact';
import { api } from '../api/client';
import { useRefresh } from '../api/live';
import type { Counts, MapRun } from '../api/types';
import { count, counted, duration, machineOf } from '../model/format';
import { ofExecution, type Status } from '../model/status';
import { now } from '../preferences';
import { href } from '../router';
import { useAsked } from '../ui/asked';
import { Badge, ButtonLink, Copy, Problem, Skeleton, Time } from '../ui/basic';
import { StatusIcon } from '../ui/icons';
import { Executions } from './executions';

const KINDS: [keyof Counts, string, Status][] = [
  ['failed', 'failed', 'fail'],
  ['timedOut', 'timed out', 'warn'],
  ['aborted', 'aborted', 'stop'],
  ['running', 'running', 'run'],
  ['pending', 'pending', 'wait'],
  ['succeeded', 'succeeded', 'ok'],
];

function CountsOf({ title, counts }: { title: string; counts: Counts }): JSX.Element {
  return (
    <div class="run-counts">
      <h3>{title}</h3>
      <span class="run-bar" aria-hidden="true">
        {KINDS.map(([kind, , status]) =>
          counts[kind] === 0 ? null : <i key={kind} class={`fill-${status}`} style={{ flexGrow: String(counts[kind]) }} />,
        )}
      </span>
      <p class="counts">
        {KINDS.map(([kind, word, status]) =>
          counts[kind] === 0 ? null : (
            <span key={kind}>
              <StatusIcon status={status} /> {count(counts[kind])} {word}
            </span>
          ),
        )}
        <span class="muted">of {count(counts.total)}</span>
      </p>
    </div>
  );
}

/** What is tolerated, in words. */
function tolerance(run: MapRun): string {
  const limits = [
    run.toleratedFailureCount > 0 ? counted(run.toleratedFailureCount, 'item') : '',
    run.toleratedFailurePercentage > 0 ? `${run.toleratedFailurePercentage} %` : '',
  ].filter((limit) => limit !== '');
  return limits.length === 0 ? 'No failure is tolerated' : `Failures tolerated: ${limits.join(' or ')}`;
}

/** The run of a distributed Map: how its items stand, and the executions that do them. */
export function MapRunPage({ arn }: { arn: string }): JSX.Element {
  const asked = useAsked(arn, () => api.mapRun(arn));
  const run = asked.value;
  useRefresh(asked.again, run === null || run.status === 'RUNNING' ? 2 : 20, (changed) => changed === '' || machineOf(changed) === machineOf(arn));
  return (
    <div class="page full">
      <div class="head">
        <div>
          <h1>
            <span>Map Run</span>
            {run !== null && <Badge saying={ofExecution(run.status)} />}
          </h1>
          <p class="muted arn">
            <span>{arn}</span>
            <Copy text={arn} what="ARN" />
          </p>
        </div>
        {run !== null && (
          <div class="head-tools">
            <ButtonLink href={href(['executions', run.executionArn])}>The execution that it is of</ButtonLink>
          </div>
        )}
      </div>
      {asked.problem !== null && <Problem problem={asked.problem} onRetry={() => void asked.again()} />}
      {run === null ? (
        asked.problem === null && <Skeleton />
      ) : (
        <>
          <div class="panel padded run-head">
            <CountsOf title="Items" counts={run.itemCounts} />
            <CountsOf title="Executions" counts={run.executionCounts} />
            <p class="muted">
              Started <Time at={run.startDate} />, {run.stopDate === undefined ? 'running for' : 'took'} {duration((run.stopDate ?? now.value) - run.startDate)}. At most{' '}
              {run.maxConcurrency === 0 ? 'as many as there is room for' : count(run.maxConcurrency)} at once. {tolerance(run)}.
            </p>
          </div>
          <div class="tab-panel">
            <Executions mapRunArn={arn} />
          </div>
        </>
      )}
    </div>
  );
}
