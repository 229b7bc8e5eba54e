import { describe, expect, it } from 'vitest';
import { readDefinition } from '../src/model/definition.ts';
import { rowOf } from '../src/model/row.ts';
import { Run } from '../src/model/run.ts';
import { scopeName, wayTo } from '../src/model/visit.ts';
import type { HistoryEvent } from '../src/api/types.ts';
import histories from './fixture/histories.json';
import { FULFILMENT, IMPORT, ORDINARY } from './fixture/machines.ts';
import { Player, type Manners } from './fixture/player.ts';

function played(machine: object, manners: Manners): Run {
  const events = new Player(manners).play(machine as never, { id: 1 }, 1_000);
  return read(machine, events);
}

function read(machine: object, events: HistoryEvent[]): Run {
  const run = new Run(readDefinition(JSON.stringify(machine)));
  for (const event of events) {
    run.read(rowOf(event));
  }
  return run;
}

describe('what an execution has done, read off its history', () => {
  it('puts each state into its item or branch, however events interleave', () => {
    const run = played(FULFILMENT, ORDINARY);
    const map = run.root.visits.find((visit) => visit.state === 'ShipLines');
    expect(map?.children.map((item) => [item.index, item.visits.map((visit) => visit.state)])).toEqual(
      Array.from({ length: 8 }, (_, index) => [index, ['PickLine', 'PackLine']]),
    );
    const parallel = run.root.visits.find((visit) => visit.state === 'Prepare');
    expect(parallel?.children.map((branch) => [branch.index, branch.visits.map((visit) => visit.state)])).toEqual([
      [0, ['ReserveStock']],
      [1, ['ChargeCard', 'SendReceipt']],
    ]);
    expect(run.root.visits.map((visit) => visit.state)).toEqual([
      'ReceiveOrder',
      'CheckFraud',
      'IsSuspicious',
      'Prepare',
      'ShipLines',
      'CoolingOff',
      'CloseOrder',
    ]);
    expect(run.root.status).toBe('succeeded');
    expect(run.visits.every((visit) => visit.status === 'succeeded')).toBe(true);
  });

  it('counts attempts and the time between them apart', () => {
    const run = played(FULFILMENT, ORDINARY);
    const charge = run.visits.find((visit) => visit.state === 'ChargeCard');
    expect(charge?.attempts.map((attempt) => attempt.outcome)).toEqual(['failed', 'failed', 'succeeded']);
    const [first, second] = charge?.attempts ?? [];
    expect((second?.startedAt ?? 0) - (first?.endedAt ?? 0)).toBeCloseTo(1, 2);
    expect(run.tallies().get('ChargeCard')?.retries).toBe(2);
  });

  it('finds the innermost state that the failure came out of', () => {
    const run = played(FULFILMENT, {
      ...ORDINARY,
      PackLine: { failing: (index) => index === 5, error: 'ParcelTooHeavy', cause: 'too heavy' },
    });
    const culprit = run.culprit();
    expect(culprit === null ? [] : wayTo(culprit)).toEqual(['ShipLines', 'line 6', 'PackLine']);
    expect(culprit?.error).toBe('ParcelTooHeavy');
    expect(run.tallies().get('ShipLines')).toMatchObject({ failed: 1, itemsFailed: 1 });
  });

  it('tells a caught failure from one that ended the execution', () => {
    const run = played(FULFILMENT, { ...ORDINARY, ChargeCard: { failures: Infinity } });
    const prepare = run.visits.find((visit) => visit.state === 'Prepare');
    expect(prepare?.status).toBe('caught');
    expect(run.taken.has('Prepare\u0000Refund\u0000catch')).toBe(true);
    expect(run.culprit()?.state).toBe('Reject');
  });

  it('shows a task that somebody outside does as waiting', () => {
    const run = played(FULFILMENT, { ...ORDINARY, IsSuspicious: { next: 'AskSomebody' }, AskSomebody: { open: true } });
    expect(run.visits.at(-1)).toMatchObject({ state: 'AskSomebody', status: 'waiting', leftAt: null });
    expect(run.end).toBeNull();
  });

  it('opens again what a redrive goes on with, and nothing beside it', () => {
    const events = new Player({ ...ORDINARY, PackLine: { failing: (index) => index === 2, error: 'Broken' } }).play(FULFILMENT as never, {}, 1_000);
    const failed = events.findLast((event) => event.type === 'TaskFailed');
    const entered = events.findLast((event) => event.type === 'TaskStateEntered' && event.id < (failed?.id ?? 0));
    const again = events.length;
    events.push(
      { id: again + 1, previousEventId: again, timestamp: 2_000, type: 'ExecutionRedriven', executionRedrivenEventDetails: { redriveCount: 1 } },
      {
        id: again + 2,
        previousEventId: failed?.id ?? entered?.id ?? 0,
        timestamp: 2_001,
        type: 'TaskScheduled',
        taskScheduledEventDetails: { resourceType: 'task', resource: 'pack-line', parameters: '{}' },
      },
    );
    const run = read(FULFILMENT, events);
    expect(run.root.status).toBe('running');
    expect(run.end).toBeNull();
    const map = run.visits.find((visit) => visit.state === 'ShipLines');
    expect(map?.status).toBe('running');
    expect(map?.children.filter((item) => item.status === 'running').map(scopeName)).toEqual(['line 3']);
    expect(map?.children.find((item) => item.index === 0)?.status).toBe('succeeded');
  });

  it('refuses events out of order', () => {
    const run = new Run(null);
    expect(() => run.read(rowOf({ id: 2, previousEventId: 1, timestamp: 0, type: 'PassStateEntered' }))).toThrow('does not follow');
  });

  it('takes for four times as many items of a Map nowhere near sixteen times as long', () => {
    const few = readItems(10_000);
    expect(readItems(40_000)).toBeLessThan(10 * few);
  });

  /** Milliseconds of processor time. */
  function readItems(items: number): number {
    const events = new Player({ ImportCustomers: { items } }).play(IMPORT as never, {}, 0);
    const before = process.cpuUsage();
    const run = read(IMPORT, events);
    run.tallies();
    const took = process.cpuUsage(before).user / 1_000;
    expect(run.tallies().get('ImportCustomers')).toMatchObject({ items, itemsOk: items });
    return took;
  }
});

type Told = [type: string, previous: number, details?: Record<string, unknown>];

/** The details' key is of no matter to a row but for its end. */
function written(events: Told[]): HistoryEvent[] {
  return events.map(([type, previousEventId, details], at) => ({ id: at + 1, previousEventId, timestamp: at + 1, type, ...(details === undefined ? {} : { itsEventDetails: details }) }) as HistoryEvent);
}

/** Histories as Reprise writes them: ConsoleHistoriesTest has the engine write each anew. */
function told(name: keyof typeof histories): Run {
  const { definition, events } = histories[name];
  return read(definition, written(events as unknown as Told[]));
}

function state(run: Run, name: string): object[] {
  return run.visits.filter((visit) => visit.state === name).map(({ status, error }) => ({ status, error }));
}

describe('a history as Reprise writes it', () => {
  it('leaves what failed as it is when all around it is cut short', () => {
    const run = told('an item that fails cuts the others short');
    expect(state(run, 'Ship')).toEqual([
      { status: 'aborted', error: '' },
      { status: 'failed', error: 'NoVan' },
      { status: 'aborted', error: '' },
    ]);
    expect(state(run, 'ShipAll')).toEqual([{ status: 'caught', error: 'NoVan' }]);
    const map = run.visitAt(2);
    expect(map?.children.map(({ status, error }) => [status, error])).toEqual([
      ['aborted', ''],
      ['failed', 'NoVan'],
      ['aborted', ''],
    ]);
    expect(map?.children.map((item) => item.visits[0]?.attempts[0]?.outcome)).toEqual(['aborted', 'failed', 'aborted']);
    // What tells of a state that was cut short belongs to its item.
    expect([18, 20, 22].map((event) => run.scopeAt(event)?.index)).toEqual([1, 0, 2]);
    expect(run.tallies().get('ShipAll')).toMatchObject({ items: 3, itemsFailed: 1, itemsOpen: 0, caught: 1 });
  });

  it('finds the failed item, though another one was about to be tried again', () => {
    const run = told('an item fails where nothing catches it');
    const culprit = run.culprit();
    expect(culprit === null ? [] : wayTo(culprit)).toEqual(['ShipAll', 'Item 1', 'Ship']);
    expect(culprit?.error).toBe('NoVan');
    expect(state(run, 'Ship')).toEqual([
      { status: 'aborted', error: 'Busy' },
      { status: 'failed', error: 'NoVan' },
    ]);
  });

  it('closes all that is within a branch that is cut short', () => {
    const run = told('a branch that fails cuts a Map in another branch short');
    expect(run.visits.map((visit) => [visit.state, visit.status])).toEqual([
      ['Prepare', 'failed'],
      ['Charge', 'failed'],
      ['Remind', 'aborted'],
      ['Sleep', 'aborted'],
    ]);
    expect(run.visitAt(2)?.children.map((branch) => branch.status)).toEqual(['failed', 'aborted']);
    expect(run.visitAt(7)?.children.map((item) => item.status)).toEqual(['aborted']);
    expect(run.culprit()?.state).toBe('Charge');
    expect(run.visits.every((visit) => visit.leftAt !== null)).toBe(true);
  });

  it('has each item once when a Map is tried again', () => {
    const run = told('a Map that is tried again begins the same items');
    expect(run.visitAt(2)?.children.map(({ event, status }) => [event, status])).toEqual([[8, 'failed']]);
    expect(run.tallies().get('Count')).toMatchObject({ items: 1, itemsFailed: 1 });
    expect(run.culprit()?.id).toBe(9);
  });

  it('lays an expression that failed at the door of its own state', () => {
    const caught = told('a catcher whose expression fails');
    expect(caught.culprit()).toMatchObject({ state: 'Try', error: 'States.QueryEvaluationError' });
    const after = told('an expression fails once the task has succeeded');
    expect(after.culprit()).toMatchObject({ state: 'Weigh', error: 'States.QueryEvaluationError', failure: 6 });
    expect(after.culprit()?.attempts.map(({ outcome, error }) => [outcome, error])).toEqual([['succeeded', '']]);
    expect(rowOf(written(histories['an expression fails once the task has succeeded'].events as unknown as Told[])[5] as HistoryEvent).name).toBe('Weigh');
  });

  it('does not blame an item whose failure was tolerated', () => {
    const run = told('what a Map made of its results is wrong, though it tolerated a failed item');
    expect(run.culprit()).toMatchObject({ state: 'Price', error: 'States.Runtime', status: 'failed' });
    expect(told('an execution runs out of time inside an item').culprit()).toMatchObject({ state: 'Sleep', status: 'timedOut' });
  });

  it('goes on with the items that were open when an execution is redriven', () => {
    const run = told('a redrive goes on with the items that were open');
    expect(state(run, 'ShipAll')).toEqual([{ status: 'succeeded', error: '' }]);
    expect(state(run, 'Ship')).toEqual([
      { status: 'succeeded', error: '' },
      { status: 'succeeded', error: '' },
    ]);
    expect(run.visitAt(2)?.children.map((item) => [item.index, item.status])).toEqual([
      [0, 'succeeded'],
      [1, 'succeeded'],
    ]);
    expect(run.root.status).toBe('succeeded');
    expect(run.culprit()).toBeNull();
  });

  it('has an item once that a redrive began anew', () => {
    const run = told('a redrive begins items anew that had failed');
    expect(run.visitAt(2)?.children.map((item) => [item.index, item.status])).toEqual([
      [0, 'succeeded'],
      [1, 'succeeded'],
      [2, 'succeeded'],
    ]);
    expect(run.tallies().get('ShipAll')).toMatchObject({ succeeded: 1, items: 3, itemsOk: 3, itemsFailed: 0 });
  });

  it('waits on in a Wait that the end had cut short, once the execution is redriven', () => {
    const beside = told('a redrive goes on with a Wait beside the branch that failed');
    expect(beside.visits.map(({ state, status, leftAt }) => [state, status, leftAt === null])).toEqual([
      ['Prepare', 'running', true],
      ['CoolOff', 'waiting', true],
      ['Charge', 'succeeded', false],
    ]);
    expect(beside.visitAt(2)?.children.map(({ status, endedAt }) => [status, endedAt === null])).toEqual([
      ['running', true],
      ['succeeded', false],
    ]);
    const stopped = told('a redrive goes on with the Wait in which an execution was stopped');
    expect(stopped.visits).toMatchObject([{ state: 'CoolOff', status: 'waiting', leftAt: null }]);
    expect(stopped.root).toMatchObject({ status: 'running', endedAt: null });
    const items = told('a redrive goes on with the Waits of items of a Map');
    expect(items.visits.filter(({ type }) => type === 'Wait').map(({ status }) => status)).toEqual(['succeeded', 'waiting']);
    expect(items.visitAt(2)).toMatchObject({ status: 'running', leftAt: null });
    expect(items.visitAt(2)?.children.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'running']);
  });

  it('leaves a Wait alone that a caught failure had cut short', () => {
    const run = told('a redrive leaves the Wait alone that a caught failure had cut short');
    expect(run.visits.map(({ state, status }) => [state, status])).toEqual([
      ['Prepare', 'caught'],
      ['CoolOff', 'aborted'],
      ['Charge', 'failed'],
      ['Refund', 'running'],
    ]);
  });

  it('tells apart which branch of which item failed', () => {
    const run = told('a branch within an item fails, and cuts the branches of all items short');
    const culprit = run.culprit();
    expect(culprit === null ? [] : wayTo(culprit)).toEqual(['Each', 'Item 1', 'Both', 'Branch 1', 'Charge']);
    expect(run.visitAt(2)?.children.map((item) => [item.status, item.visits[0]?.status, ...(item.visits[0]?.children.map((branch) => branch.status) ?? [])])).toEqual([
      ['aborted', 'aborted', 'aborted', 'aborted'],
      ['failed', 'failed', 'aborted', 'failed'],
    ]);
    expect([18, 19, 20, 24, 25, 26].map((event) => run.visitAt(event)?.id)).toEqual([15, 15, 14, 5, 7, 8]);
    expect(run.visits.every((visit) => visit.leftAt !== null)).toBe(true);
  });

  it('reads that 50,000 items were cut short in less than four seconds', () => {
    const items = 50_000;
    const events: Told[] = [
      ['ExecutionStarted', 0],
      ['MapStateEntered', 0, { name: 'ShipAll' }],
      ['MapStateStarted', 2, { length: items }],
    ];
    for (let index = 0; index < items; index++) {
      events.push(['MapIterationStarted', 3, { name: 'ShipAll', index }], ['TaskStateEntered', events.length + 1, { name: 'Ship' }]);
    }
    events.push(['TaskFailed', 5, { error: 'NoVan' }], ['MapIterationFailed', events.length + 1, { name: 'ShipAll', index: 0 }]);
    for (let index = 1; index < items; index++) {
      events.push(['MapIterationAborted', 5 + 2 * items - 1, { name: 'ShipAll', index }]);
    }
    const { definition } = histories['an item fails where nothing catches it'];
    const all = written(events);
    const before = process.cpuUsage();
    const run = read(definition, all);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(4_000);
    expect(run.visitAt(2)?.children.filter((item) => item.status === 'aborted')).toHaveLength(items - 1);
  });
});
