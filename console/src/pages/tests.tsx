import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { own } from '../api/client';
import { Graph, MARKS } from '../graph/Graph';
import { Coverage, partText, partWords, type Kind, type Part } from '../model/coverage';
import type { Definition } from '../model/definition';
import { count, counted, duration } from '../model/format';
import { change, query } from '../router';
import { useAsked } from '../ui/asked';
import { Button, Empty, Problem, Skeleton } from '../ui/basic';
import { StatusIcon } from '../ui/icons';

interface Case {
  name: string;
  passed: boolean;
  seconds: number;
  problem?: string;
}

/** What the endpoint says of the tests beside a workflow; nothing where there are none. */
interface Tested {
  file?: string;
  cases?: Case[];
  coverage?: { percent: number };
  parts?: Part[];
}

const KINDS: [Kind, string][] = [
  ['states', 'States'],
  ['transitions', 'Transitions'],
  ['choiceRules', 'Choice rules'],
  ['catchers', 'Catchers'],
  ['retriers', 'Retriers'],
];

function Figures({ parts }: { parts: Part[] }): JSX.Element {
  return (
    <table class="figures">
      <tbody>
        {KINDS.map(([kind, word]) => {
          const all = parts.filter((part) => part.kind === kind);
          const reached = all.filter((part) => part.hits > 0).length;
          return all.length === 0 ? null : (
            <tr key={kind}>
              <th scope="row">{word}</th>
              <td>
                <span class="run-bar" aria-hidden="true">
                  <i class="fill-ok" style={{ flexGrow: String(reached) }} />
                  {reached < all.length && <i class="fill-none" style={{ flexGrow: String(all.length - reached) }} />}
                </span>
              </td>
              <td class="number">
                {count(reached)} of {count(all.length)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Parts in words, each leading to its state. Of what a rule or catcher is, its transition says no more. */
function Parts({ definition, parts, chosen }: { definition: Definition; parts: Part[]; chosen: string | null }): JSX.Element {
  return (
    <ul class="parts">
      {parts
        .filter((part) => part.kind !== 'transitions' || part.cause === 'NEXT')
        .map((part) => (
          <li key={`${part.kind}${part.cause}${part.index}${part.state}`}>
            <button type="button" onClick={() => change({ state: part.state })}>
              <StatusIcon status={part.hits > 0 ? 'ok' : 'none'} />
              <span>{chosen === null ? partText(definition, part) : partWords(definition, part)}</span>
              {chosen !== null && <span class="muted">{part.hits > 0 ? counted(part.hits, 'time') : MARKS.missed}</span>}
            </button>
          </li>
        ))}
    </ul>
  );
}

function Cases({ cases }: { cases: Case[] }): JSX.Element {
  return (
    <ul class="cases">
      {cases.map((each) => (
        <li key={each.name}>
          <StatusIcon status={each.passed ? 'ok' : 'fail'} />
          <span>{each.name}</span>
          <span class="muted number">{duration(each.seconds)}</span>
          {each.problem !== undefined && <pre>{each.problem}</pre>}
        </li>
      ))}
    </ul>
  );
}

/** The tests that stand beside a workflow as a file: run, and what they come to drawn on its graph. */
export function TestsTab({ definition, name }: { definition: Definition; name: string }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const asked = useAsked(name, () => own<Tested>(`tests?workflow=${encodeURIComponent(name)}`, { method: 'POST' }));
  const coverage = useMemo(() => new Coverage(asked.value?.parts ?? []), [asked.value]);
  const again = async (): Promise<void> => {
    setBusy(true);
    await asked.again();
    setBusy(false);
  };
  if (asked.value === null) {
    return asked.problem === null ? <Skeleton /> : <Problem problem={asked.problem} onRetry={() => void again()} />;
  }
  const { file, cases = [] } = asked.value;
  if (file === undefined) {
    return (
      <Empty icon="flask" title="No tests beside it">
        <p>
          Cases stand in <code>{name}.test.json</code> beside the workflow file. This prints an execution as one:
        </p>
        <p>
          <code>./reprise history {name}/EXECUTION --as-test</code>
        </p>
        <Button icon="retry" busy={busy} onClick={() => void again()}>
          Look again
        </Button>
      </Empty>
    );
  }
  const chosen = query.value.get('state');
  const failed = cases.filter((each) => !each.passed).length;
  const missed = coverage.parts.filter((part) => part.hits === 0);
  const shown = chosen !== null && definition.states.has(chosen) ? chosen : null;
  return (
    <div class="split panel tall">
      <Graph definition={definition} tallies={null} taken={null} coverage={coverage} chosen={shown} onChoose={(to) => change({ state: to ?? undefined })} name={`${name}-coverage`} />
      <aside class="side tests">
        <header>
          <h3>{asked.value.coverage?.percent ?? 0} % covered</h3>
          <Button icon="retry" busy={busy} onClick={() => void again()}>
            Run again
          </Button>
        </header>
        {asked.problem !== null && <Problem problem={asked.problem} />}
        <Figures parts={coverage.parts} />
        {shown !== null && (
          <section>
            <h4>{shown}</h4>
            <Parts definition={definition} parts={coverage.parts.filter((part) => part.state === shown)} chosen={shown} />
          </section>
        )}
        {shown === null && missed.length > 0 && (
          <section>
            <h4>Never reached</h4>
            <Parts definition={definition} parts={missed} chosen={null} />
          </section>
        )}
        <section>
          <h4>{failed === 0 ? `${counted(cases.length, 'case')}, all passed` : `${counted(cases.length, 'case')}, ${count(failed)} failed`}</h4>
          <Cases cases={cases} />
          <p class="muted mono">{file}</p>
        </section>
      </aside>
    </div>
  );
}
