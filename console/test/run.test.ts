import { describe, expect, it } from 'vitest';
import { readDefinition } from '../src/model/definition.ts';
import { rowOf } from '../src/model/row.ts';
import { Run, scopeName, wayTo } from '../src/model/run.ts';
import type { HistoryEvent } from '../src/api/types.ts';
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
    expect(run.redrives).toHaveLength(1);
    const map = run.visits.find((visit) => visit.state === 'ShipLines');
    expect(map?.status).toBe('running');
    expect(map?.children.filter((item) => item.status === 'running').map(scopeName)).toEqual(['line 3']);
    expect(map?.children.find((item) => item.index === 0)?.status).toBe('succeeded');
  });

  it('refuses events out of order', () => {
    const run = new Run(null);
    expect(() => run.read(rowOf({ id: 2, previousEventId: 1, timestamp: 0, type: 'PassStateEntered' }))).toThrow('does not follow');
  });

  it('reads a Map of 20,000 items in less than a second', () => {
    const events = new Player({ ImportCustomers: { items: 20_000 } }).play(IMPORT as never, {}, 0);
    const before = process.cpuUsage();
    const run = read(IMPORT, events);
    run.tallies();
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
    expect(run.tallies().get('ImportCustomers')).toMatchObject({ items: 20_000, itemsOk: 20_000 });
  });
});
