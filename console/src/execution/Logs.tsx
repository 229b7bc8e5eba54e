import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { info, own } from '../api/client';
import { useRefresh } from '../api/live';
import { nameOfArn } from '../model/format';
import { isOpen, type Scope, type Visit } from '../model/visit';
import { useAsked } from '../ui/asked';
import { Copy, Problem, Skeleton, Time } from '../ui/basic';

interface Line {
  number: number;
  at: number;
  level: string;
  logger: string;
  message: string;
  state: string;
  scope: string;
  attempt: number;
  stackTrace?: string;
}

/** A line may be told a moment before or after the event that it belongs to. */
const SLACK = 1;

/** Where a body stands, as log lines tell it; how often its state was begun is left out. */
function pathOf(scope: Scope): string {
  const { owner } = scope;
  if (owner === null) {
    return '';
  }
  const name = owner.state.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('#', '~2').replaceAll('[', '~3');
  return `${pathOf(owner.scope)}/${name}[${scope.index}]`;
}

/** How somebody finds the same lines where the function runs in the cloud. */
function queryOf(arn: string, visit: Visit, path: string): string {
  const wanted = [`executionArn = ${JSON.stringify(arn)}`, `state = ${JSON.stringify(visit.state)}`, ...(path === '' ? [] : [`scope = ${JSON.stringify(path)}`])];
  return `fields @timestamp, level, attempt, message, stackTrace\n| filter ${wanted.join('\n    and ')}\n| sort @timestamp`;
}

function Cloud({ arn, visit, path }: { arn: string; visit: Visit; path: string }): JSX.Element {
  const query = queryOf(arn, visit, path);
  const called = visit.resource.startsWith('arn:') ? nameOfArn(visit.resource) : null;
  return (
    <section class="value">
      <header>
        <h4>In the cloud</h4>
        <span class="muted">CloudWatch Logs Insights</span>
        <Copy text={query} what="query" />
      </header>
      <pre class="json" tabIndex={0}>
        {query}
      </pre>
      {called !== null && (
        <p class="muted">
          What function {called} logged itself is in the group <code>/aws/lambda/{called}</code>.
        </p>
      )}
    </section>
  );
}

/** What a state's task logged, as it does so; where there is nothing, where it would be. */
export function Logs({ arn, visit, live }: { arn: string; visit: Visit; live: boolean }): JSX.Element {
  const told = useAsked('info', info).value;
  const [read, setRead] = useState<{ lines: Line[]; areCut: boolean } | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const here = live && told?.seesFacts === true;
  const ask = async (): Promise<void> => {
    try {
      setRead(await own(`logs?execution=${encodeURIComponent(arn)}`));
      setProblem(null);
    } catch (refused) {
      setProblem(refused as Error);
    }
  };
  useAsked(`${arn} ${visit.id} ${here} ${visit.leftAt}`, async () => (here ? ask() : undefined));
  useRefresh(ask, here && isOpen(visit.status) ? 1 : null, (changed) => changed === arn);
  if (told === null || (here && read === null && problem === null)) {
    return <Skeleton rows={4} />;
  }
  const path = pathOf(visit.scope);
  const lines = (read?.lines ?? []).filter(
    (line) =>
      line.state === visit.state &&
      (line.scope === '/' ? '' : line.scope.replace(/#\d+(?=\[)/g, '')) === path &&
      line.at >= visit.enteredAt - SLACK &&
      (visit.leftAt === null || line.at <= visit.leftAt + SLACK),
  );
  return (
    <div class="logs">
      {problem !== null && <Problem problem={problem} onRetry={() => void ask()} />}
      {lines.length > 0 ? (
        <ol aria-label="Log lines" aria-live="polite">
          {lines.map((line) => (
            <li key={line.number} class={`log-${line.level.toLowerCase()}`}>
              <p class="log-head">
                <Time at={line.at} part="clock" />
                <span class="log-level">{line.level}</span>
                <span class="muted" title={line.logger}>
                  {line.logger.split('.').pop()}
                </span>
                {visit.attempts.length > 1 && <span class="muted">attempt {line.attempt + 1}</span>}
              </p>
              <pre>{line.message}</pre>
              {line.stackTrace !== undefined && (
                <details>
                  <summary>Stack trace</summary>
                  <pre>{line.stackTrace}</pre>
                </details>
              )}
            </li>
          ))}
        </ol>
      ) : (
        <p class="muted">
          {here
            ? `The task has logged nothing here${isOpen(visit.status) ? ' yet' : ''}. What its method logs is kept of the last executions, as long as this process lives.`
            : 'No log lines are kept here.'}
        </p>
      )}
      {read?.areCut === true && <p class="muted">Earlier lines of this execution are kept no longer.</p>}
      <Cloud arn={arn} visit={visit} path={path} />
    </div>
  );
}
