import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { api } from '../api/client';
import { Graph } from '../graph/Graph';
import { useShortcuts } from '../keys';
import { counted, nameOfArn } from '../model/format';
import { part } from '../model/json';
import { readDefinition, type Definition, type StateNode } from '../model/definition';
import { change, go, href, query } from '../router';
import { useAsked } from '../ui/asked';
import { ButtonLink, Copy, Problem, Skeleton, Tabs, Time } from '../ui/basic';
import { Json } from '../ui/Json';
import { Executions } from './executions';
import { TestsTab } from './tests';

type Tab = 'executions' | 'graph' | 'tests' | 'definition';

const TABS: { id: Tab; label: string }[] = [
  { id: 'executions', label: 'Executions' },
  { id: 'graph', label: 'Graph' },
  { id: 'tests', label: 'Tests' },
  { id: 'definition', label: 'Definition' },
];

/** A state of a definition, told in its own words. */
function StateText({ definition, state }: { definition: Definition; state: StateNode }): JSX.Element {
  return (
    <div class="state-text">
      <header>
        <h3>{state.name}</h3>
        <span class="tag">{state.type}</span>
      </header>
      {typeof state.raw['Comment'] === 'string' && <p>{state.raw['Comment']}</p>}
      <Json title="Definition" text={part(definition.source, state.pointer)} note={state.pointer} />
    </div>
  );
}

function GraphTab({ definition, name }: { definition: Definition; name: string }): JSX.Element {
  const chosen = query.value.get('state');
  const state = chosen === null ? undefined : definition.states.get(chosen);
  return (
    <div class="split panel tall">
      <Graph
        definition={definition}
        tallies={null}
        taken={null}
        chosen={chosen}
        onChoose={(to) => change({ state: to ?? undefined })}
        name={name}
      />
      <aside class="side">
        {state === undefined ? (
          <div class="side-hint">
            <h3>{counted(definition.states.size, 'state')}</h3>
            {definition.comment !== null && <p>{definition.comment}</p>}
            <p class="muted">
              Choose a state to read its definition. Dashed lines are catchers, a turning arrow marks a state with retriers. Query language:{' '}
              {definition.queryLanguage}.
            </p>
          </div>
        ) : (
          <StateText definition={definition} state={state} />
        )}
      </aside>
    </div>
  );
}

/** The versions and aliases that there are; nothing where there is none. */
function Published({ arn }: { arn: string }): JSX.Element | null {
  const asked = useAsked(arn, () => Promise.all([api.versions(arn), api.aliases(arn)]));
  const [versions, aliases] = asked.value ?? [[], []];
  if (asked.problem !== null) {
    return <Problem problem={asked.problem} onRetry={() => void asked.again()} />;
  }
  if (versions.length + aliases.length === 0) {
    return null;
  }
  return (
    <section class="value published">
      <h4>Versions and aliases</h4>
      <dl class="facts">
        {aliases.map((alias) => [<dt>{nameOfArn(alias.stateMachineAliasArn)}</dt>, <dd>alias, created <Time at={alias.creationDate} /></dd>])}
        {versions.map((version) => [<dt>{nameOfArn(version.stateMachineVersionArn)}</dt>, <dd>version, published <Time at={version.creationDate} /></dd>])}
      </dl>
    </section>
  );
}

export function MachinePage({ arn }: { arn: string }): JSX.Element {
  const asked = useAsked(arn, () => api.stateMachine(arn));
  const machine = asked.value;
  const definition = useMemo(() => (machine === null ? null : readDefinition(machine.definition)), [machine?.definition]);
  const express = machine?.type === 'EXPRESS';
  const wanted = query.value.get('tab') as Tab | null;
  const tabs = express ? TABS.filter((tab) => tab.id !== 'executions') : TABS;
  const tab: Tab = tabs.some((each) => each.id === wanted) && wanted !== null ? wanted : express ? 'graph' : 'executions';
  const show = (to: Tab): void => change({ tab: to === 'executions' ? undefined : to }, false);
  useShortcuts([
    { keys: '1', does: 'Executions', group: 'State machine', act: () => show('executions') },
    { keys: '2', does: 'Graph', group: 'State machine', act: () => show('graph') },
    { keys: '3', does: 'Tests, and what they cover', group: 'State machine', act: () => show('tests') },
    { keys: '4', does: 'Definition', group: 'State machine', act: () => show('definition') },
    { keys: 's', does: 'Start an execution', group: 'State machine', act: () => go(href(['machines', arn, 'start'])) },
    { keys: 'e', does: 'Edit the definition', group: 'State machine', act: () => go(href(['machines', arn, 'edit'])) },
  ]);
  return (
    <div class="page full">
      <div class="head">
        <div>
          <h1>{nameOfArn(arn)}</h1>
          <p class="muted arn">
            <span>{arn}</span>
            <Copy text={arn} what="ARN" />
          </p>
        </div>
        <div class="head-tools">
          <ButtonLink href={href(['machines', arn, 'edit'])} icon="edit">
            Edit
          </ButtonLink>
          <ButtonLink href={href(['machines', arn, 'start'])} icon="play" kind="primary">
            Start
          </ButtonLink>
        </div>
      </div>
      {asked.problem !== null && <Problem problem={asked.problem} onRetry={() => void asked.again()} />}
      {machine === null ? (
        asked.problem === null && <Skeleton />
      ) : (
        <>
          <Tabs label="State machine" tabs={tabs} chosen={tab} panel="machine-panel" onChoose={show} />
          <div id="machine-panel" class="tab-panel" role="tabpanel" aria-labelledby={`machine-panel-tab-${tab}`}>
            {tab === 'executions' && <Executions machineArn={arn} />}
            {(tab === 'graph' || tab === 'tests') &&
              (definition === null ? (
                <Problem problem={new Error('The definition is no JSON object, so there is nothing to draw.')} />
              ) : tab === 'graph' ? (
                <GraphTab definition={definition} name={machine.name} />
              ) : (
                <TestsTab definition={definition} name={machine.name} />
              ))}
            {tab === 'definition' && (
              <div class="panel padded">
                <p class="muted">
                  Created <Time at={machine.creationDate} />
                  {machine.revisionId !== undefined && `, revision ${machine.revisionId}`}
                </p>
                <Published arn={arn} />
                <Json title="Definition" text={machine.definition} />
              </div>
            )}
          </div>
        </>
      )}
    </div>
  );
}
