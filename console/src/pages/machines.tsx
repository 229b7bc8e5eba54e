import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { api } from '../api/client';
import { useRefresh } from '../api/live';
import type { ExecutionItem, ExecutionStatus, StateMachineItem } from '../api/types';
import { focusRow, useShortcuts } from '../keys';
import { count, counted, machineOf } from '../model/format';
import { ofExecution } from '../model/status';
import { change, go, href, query } from '../router';
import { useAsked, type Asked } from '../ui/asked';
import { Ago, ButtonLink, Empty, Problem, Skeleton } from '../ui/basic';
import { StatusIcon } from '../ui/icons';

interface Listed {
  machine: StateMachineItem;
  recent: ExecutionItem[];
  more: boolean;
}

const RECENT = 100;

async function withRecent(machine: StateMachineItem): Promise<Listed> {
  if (machine.type === 'EXPRESS') {
    return { machine, recent: [], more: false };
  }
  const page = await api.executions({ stateMachineArn: machine.stateMachineArn, maxResults: RECENT });
  return { machine, recent: page.items, more: page.next !== undefined };
}

async function listed(): Promise<Listed[]> {
  const machines: StateMachineItem[] = [];
  let next: string | undefined;
  do {
    const page = await api.stateMachines(next);
    machines.push(...page.items);
    next = page.next;
  } while (next !== undefined);
  machines.sort((a, b) => a.name.localeCompare(b.name));
  return Promise.all(machines.map(withRecent));
}

const SHOWN: ExecutionStatus[] = ['RUNNING', 'FAILED', 'TIMED_OUT', 'ABORTED', 'SUCCEEDED'];

/** The latest executions as a strip: one mark each, the latest at the right. */
function Strip({ recent }: { recent: ExecutionItem[] }): JSX.Element {
  const shown = recent.slice(0, 40).toReversed();
  return (
    <span class="strip" aria-hidden="true">
      {shown.map((each) => (
        <i key={each.executionArn} class={`fill-${ofExecution(each.status).status}`} title={`${each.name}: ${ofExecution(each.status).word}`} />
      ))}
    </span>
  );
}

function Row({ listed: { machine, recent, more } }: { listed: Listed }): JSX.Element {
  const to = href(['machines', machine.stateMachineArn]);
  const last = recent[0];
  return (
    <tr>
      <th scope="row">
        <a class="row-link" href={to}>
          {machine.name}
        </a>
        {machine.type === 'EXPRESS' && <span class="tag">Express</span>}
      </th>
      <td>
        {recent.length === 0 ? (
          <span class="muted">{machine.type === 'EXPRESS' ? 'Keeps no executions' : 'Never run'}</span>
        ) : (
          <span class="counts">
            {SHOWN.map((status) => {
              const number = recent.filter((each) => each.status === status).length;
              const { status: shape, word } = ofExecution(status);
              return number === 0 ? null : (
                <a key={status} class={`s-${shape}`} href={href(['machines', machine.stateMachineArn], { tab: 'executions', status })} title={`${counted(number, 'execution')}: ${word.toLowerCase()}`}>
                  <StatusIcon status={shape} />
                  {count(number)}
                  <span class="hidden"> {word}</span>
                </a>
              );
            })}
            {more && <span class="muted">of the latest {RECENT}</span>}
          </span>
        )}
      </td>
      <td class="wide-only">
        <Strip recent={recent} />
      </td>
      <td>{last === undefined ? <span class="muted">–</span> : <Ago at={last.startDate} />}</td>
      <td class="row-do">
        <a class="button quiet" href={href(['machines', machine.stateMachineArn, 'start'])}>
          Start<span class="hidden"> {machine.name}</span>
        </a>
      </td>
    </tr>
  );
}

export function MachinesPage(): JSX.Element {
  // Only those are asked after of which an execution has changed; all of them when it is not known which.
  const changed = useRef(new Set<string>());
  const asked: Asked<Listed[]> = useAsked('machines', async () => {
    const some = changed.current;
    changed.current = new Set();
    const known = asked.value;
    const stale = known?.filter(({ machine }) => some.has(machine.stateMachineArn)) ?? [];
    if (known === null || stale.length === 0 || stale.length < some.size) {
      return listed();
    }
    const fresh = new Map(await Promise.all(stale.map(async (each) => [each, await withRecent(each.machine)] as const)));
    return known.map((each) => fresh.get(each) ?? each);
  });
  useRefresh(asked.again, 5, (executionArn) => {
    changed.current.add(executionArn === '' ? '' : machineOf(executionArn));
    return true;
  });
  const search = query.value.get('q') ?? '';
  const shown = useMemo(
    () => asked.value?.filter(({ machine }) => machine.name.toLowerCase().includes(search.toLowerCase())),
    [asked.value, search],
  );
  useShortcuts([
    { keys: 'j', does: 'Next row', group: 'State machines', act: () => focusRow(1) },
    { keys: 'k', does: 'Previous row', group: 'State machines', act: () => focusRow(-1) },
  ]);
  return (
    <div class="page">
      <div class="head">
        <div>
          <h1>State machines</h1>
          {asked.value !== null && <p class="muted">{counted(asked.value.length, 'state machine')}; figures are of the latest executions.</p>}
        </div>
        <div class="head-tools">
          <input
            type="search"
            aria-label="Search state machines"
            placeholder="Search by name  /"
            value={search}
            onInput={(event) => change({ q: event.currentTarget.value })}
          />
          <ButtonLink href={href(['executions'])} icon="search">
            Find by label
          </ButtonLink>
          <ButtonLink href={href(['import'])} icon="upload">
            Import a history
          </ButtonLink>
        </div>
      </div>
      {asked.problem !== null && <Problem problem={asked.problem} onRetry={() => void asked.again()} />}
      {shown === undefined ? (
        asked.problem === null && <Skeleton rows={8} />
      ) : shown.length === 0 ? (
        <Empty icon="inbox" title={search === '' ? 'No state machines yet' : `No state machine is called like “${search}”`}>
          {search === '' ? (
            <p>
              Write a definition to <code>workflows/hello.asl.json</code>; it shows up here by itself.
            </p>
          ) : (
            <button type="button" class="button" onClick={() => change({ q: undefined })}>
              Show all
            </button>
          )}
        </Empty>
      ) : (
        <div class="panel">
          <table class="list" onClick={(event) => followRow(event)}>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Executions</th>
                <th scope="col" class="wide-only">
                  Latest
                </th>
                <th scope="col">Last started</th>
                <th scope="col" class="row-do">
                  <span class="hidden">Do</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((each) => (
                <Row key={each.machine.stateMachineArn} listed={each} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

/** A click anywhere in a row goes where its name goes. */
function followRow(event: MouseEvent): void {
  const target = event.target as Element;
  if (target.closest('a, button, input') === null && String(getSelection()) === '') {
    const link = target.closest('tr')?.querySelector<HTMLAnchorElement>('.row-link');
    if (link !== null && link !== undefined) {
      go(link.href);
    }
  }
}
