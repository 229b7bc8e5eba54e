import { describe, expect, it } from 'vitest';
import { layered } from '../src/graph/layered.ts';
import { layOut, layoutRequest, shortLabel } from '../src/graph/layout.ts';
import { placeOf } from '../src/editor/place.ts';
import { Coverage, partText } from '../src/model/coverage.ts';
import { readDefinition, ruleText, tokenIn } from '../src/model/definition.ts';
import { labelsOf, labelText, typedLabel } from '../src/model/labels.ts';
import { diff, fold } from '../src/model/diff.ts';
import { lay, part, pretty, readJson } from '../src/model/json.ts';
import { Events } from '../src/model/events.ts';
import { exported, readHistory } from '../src/model/exported.ts';
import { bytes, count, dateTime, dollars, duration, exact, machineOf, zoneName } from '../src/model/format.ts';
import { scaleOf, ticks } from '../src/model/scale.ts';
import type { HistoryEvent } from '../src/api/types.ts';
import { EVIL, FULFILMENT, HOSTILE } from './fixture/machines.ts';

describe('times and sizes', () => {
  it.each([
    [0.0024, '2 ms'],
    [0.9996, '1000 ms'],
    [2.44, '2.4 s'],
    [12.4, '12 s'],
    [60, '1 min'],
    [200, '3 min 20 s'],
    [21_600, '6 h'],
    [22_320, '6 h 12 min'],
    [90_061, '1 d 1 h'],
    [86_400 + 60, '1 d'],
  ])('says %d s as %s', (seconds, said) => {
    expect(duration(seconds)).toBe(said);
  });

  it('groups thousands and says sizes', () => {
    expect(count(1_234_567)).toBe('1,234,567');
    expect(bytes(1_250_000)).toBe('1.3 MB');
  });

  it.each([
    [0, '$0'],
    [0.0000075, '$0.0000075'],
    [0.000275, '$0.000275'],
    [0.00123456, '$0.00123'],
    [0.5, '$0.50'],
    [4.375, '$4.38'],
    [275, '$275.00'],
  ])('says %d dollars as %s', (value, said) => {
    expect(dollars(value)).toBe(said);
  });

  it('writes the same instant in UTC', () => {
    expect(dateTime(1_795_901_832, 'utc')).toBe('2026-11-28 21:37:12');
    expect(exact(1_795_901_832.48, 'utc')).toBe('2026-11-28 21:37:12.480');
    expect(zoneName('utc', 0)).toBe('UTC');
  });

  it('knows the state machine of a child of a Map Run', () => {
    expect(machineOf('arn:aws:states:eu-west-1:1:execution:orders/Import:abc')).toBe('arn:aws:states:eu-west-1:1:stateMachine:orders');
  });
});

describe('a definition', () => {
  it('is read with its nested bodies, and edges by their kind', () => {
    const definition = readDefinition(JSON.stringify(FULFILMENT));
    expect(definition?.states.get('ChargeCard')).toMatchObject({ parent: 'Prepare', pointer: '/States/Prepare/Branches/1/States/ChargeCard', retriers: 1 });
    expect(definition?.body.edges.filter((edge) => edge.from === 'IsSuspicious')).toEqual([
      { from: 'IsSuspicious', to: 'Reject', kind: 'choice', index: 0, label: '$.risk > 80' },
      { from: 'IsSuspicious', to: 'AskSomebody', kind: 'choice', index: 1, label: '$.total > 1000 and $.vip = false' },
      { from: 'IsSuspicious', to: 'Prepare', kind: 'default', index: 0, label: 'otherwise' },
    ]);
  });

  it.each([
    [{ Condition: '{% $states.input.total > 100 %}' }, '$states.input.total > 100'],
    [{ Not: { Variable: '$.a', IsPresent: true } }, 'not $.a is present'],
    [{ Variable: '$.a', StringEqualsPath: '$.b' }, '$.a = $.b'],
    [{ Or: [{ Variable: '$.a', IsNull: false }, { And: [{ Variable: '$.b', NumericLessThanEquals: 3 }] }] }, '$.a is not null or ($.b ≤ 3)'],
  ])('says the rule %j in words', (rule, words) => {
    expect(ruleText(rule)).toBe(words);
  });

  it.each([
    ['{"Variable": "$.order", "NumericEquals": 12345678901234567890, "Next": "B"}', '$.order = 12345678901234567890'],
    ['{"Variable": "$.rate", "NumericLessThan": 1.0, "Next": "B"}', '$.rate < 1.0'],
    ['{"Variable": "$.far", "NumericGreaterThan": -1e400, "Next": "B"}', '$.far > -1e400'],
    ['{"And": [{"Variable": "$.a", "NumericEquals": 0.10}, {"Not": {"Variable": "$.b", "NumericEquals": 1E2}}], "Next": "B"}', '$.a = 0.10 and not $.b = 1E2'],
    ['{"Variable": "$.name", "StringEquals": "1.0", "Next": "B"}', '$.name = "1.0"'],
  ])('has the numbers of a rule as they are written: %s', (rule, label) => {
    const source = `{"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [${rule}]}, "B": {"Type": "Wait", "Seconds": 60.0, "End": true}}}`;
    const definition = readDefinition(source);
    expect(definition?.body.edges.map((edge) => edge.label)).toEqual([label]);
    expect(definition?.states.get('B')?.about).toBe('Wait 60.0 s');
  });

  it.each([
    ['$.order.total.inCents > 12345678', '$.order.total.inCents > 12345678'],
    ['$.order.total > 12345.678901234 and $.vip = true', '$.order.total > 12345.678901234…'],
    ['$.order.totalAmount > -123456789012', '$.order.totalAmount > -123456789012'],
    ['$.order.total.withTaxes > 1.5e-12 or $.free', '$.order.total.withTaxes > 1.5e-12…'],
    ['$.order.total > 12345678901234567890123456', '$.order.total > …'],
    ['$.customers.address123456789.street = "x"', '$.customers.address12345678…'],
    ['$.totals > 1000 and $.vip = false', '$.totals > 1000 and $.vip =…'],
    ['$.total > 1000', '$.total > 1000'],
  ])('cuts no number in two: %s', (label, short) => {
    expect(shortLabel(label)).toBe(short);
  });

  it('that is no object is not drawn, and half a one as far as it goes', () => {
    expect(readDefinition('[]')).toBeNull();
    expect(readDefinition('{"States": {"A": {"Type": "Pass", "Next": 3}, "B": 7}}')?.body.states).toEqual(['A']);
  });

  it('finds the token in what was sent', () => {
    expect(tokenIn({ MessageBody: { 'token.$': '$$.Task.Token', other: 1 } }, '{"MessageBody": {"token": "abc", "other": 1}}')).toBe('abc');
    expect(tokenIn({ a: '{% $states.context.Task.Token %}' }, '{"a": "xyz"}')).toBe('xyz');
    expect(tokenIn({ a: '$$.Task.Token' }, '{"a": "xy')).toBeNull();
    expect(tokenIn({ a: 'no' }, '{"a": "xyz"}')).toBeNull();
  });
});

describe('what tests cover', () => {
  const definition = readDefinition(JSON.stringify(FULFILMENT));
  if (definition === null) {
    throw new Error('unreadable');
  }
  const coverage = new Coverage([
    { kind: 'states', state: 'ChargeCard', cause: 'NEXT', index: 0, hits: 3 },
    { kind: 'transitions', state: 'ChargeCard', cause: 'NEXT', index: 0, hits: 2 },
    { kind: 'retriers', state: 'ChargeCard', cause: 'NEXT', index: 0, hits: 0 },
    { kind: 'transitions', state: 'IsSuspicious', cause: 'CHOICE_RULE', index: 0, hits: 0 },
    { kind: 'choiceRules', state: 'IsSuspicious', cause: 'CHOICE_RULE', index: 1, hits: 1 },
    { kind: 'transitions', state: 'IsSuspicious', cause: 'CHOICE_DEFAULT', index: 0, hits: 1 },
    { kind: 'catchers', state: 'Prepare', cause: 'CATCHER', index: 0, hits: 0 },
  ]);

  it('is told of states, of each edge by itself, and of retriers', () => {
    expect([coverage.ofState('ChargeCard'), coverage.ofState('Reject'), coverage.hits('ChargeCard')]).toEqual(['reached', '', 3]);
    expect([coverage.ofEdge('IsSuspicious', 'choice', 0), coverage.ofEdge('IsSuspicious', 'default', 0), coverage.ofEdge('ChargeCard', 'next', 0)]).toEqual(['missed', 'reached', 'reached']);
    expect(coverage.retriers('ChargeCard')).toEqual([0, 1]);
  });

  it('is said in words', () => {
    expect(coverage.parts.map((part) => partText(definition, part))).toEqual([
      'ChargeCard',
      'ChargeCard → SendReceipt',
      'ChargeCard retries PaymentServiceBusy',
      'IsSuspicious → Reject',
      'IsSuspicious: $.total > 1000 and $.vip = false',
      'IsSuspicious → Prepare',
      'Prepare catches any error',
    ]);
  });
});

describe('a label', () => {
  it('stands in an address as one writes it', () => {
    expect(typedLabel(' order = 4711 ')).toBe('order=4711');
    expect(typedLabel('a=b=c')).toBe('a=b=c');
    expect(['order', '=4711', 'order=', '', ' = '].map(typedLabel)).toEqual([null, null, null, null, null]);
    expect(labelsOf([labelText('order', '4711'), labelText('share', '50%=half')])).toEqual({ order: '4711', share: '50%=half' });
  });

  it('is told apart from another whose name looks like it', () => {
    expect(labelsOf([labelText('a=b', 'c'), labelText('100%', '%3D'), 'nothing'])).toEqual({ 'a=b': 'c', '100%': '%3D' });
    expect(Object.keys(labelsOf(['__proto__=1']))).toEqual(['__proto__']);
  });
});

describe('the graph', () => {
  it('places each state once, inside its frame', () => {
    const definition = readDefinition(JSON.stringify(FULFILMENT));
    if (definition === null) {
      throw new Error('unreadable');
    }
    const { nodes, edges } = layOut(layoutRequest(definition, []));
    const states = nodes.filter((node) => node.kind === 'state' || node.kind === 'frame');
    expect(states.map((node) => node.name).toSorted()).toEqual([...definition.states.keys()].toSorted());
    const frame = nodes.find((node) => node.name === 'Prepare' && node.kind === 'frame');
    const inner = nodes.find((node) => node.name === 'ChargeCard');
    expect(inner !== undefined && frame !== undefined && inner.x > frame.x && inner.x + inner.width < frame.x + frame.width).toBe(true);
    expect(edges.filter((edge) => edge.kind === 'catch')).toHaveLength(2);
  });

  it('lays out states that are named like parts of the language', () => {
    const definition = readDefinition(JSON.stringify(HOSTILE));
    if (definition === null) {
      throw new Error('unreadable');
    }
    const names = layOut(layoutRequest(definition, [])).nodes.map((node) => node.name);
    expect(names).toContain('__proto__');
    expect(names).toContain(EVIL);
  });

  it('lays out ways that lead past hundreds of thousands of rows', () => {
    const boxes = Array.from({ length: 10_000 }, () => ({ width: 10, height: 10 }));
    const links = boxes.flatMap((_, at) => (at === 0 ? [] : [{ from: at - 1, to: at }]));
    // Each leads past nearly all of the chain.
    links.push(...Array.from({ length: 20 }, (_, at) => ({ from: at, to: 9_999 })));
    const { height, at } = layered(boxes, links);
    expect(at).toHaveLength(10_000);
    expect(height).toBeGreaterThan(10_000 * 10);
  });

  it('lays out a row of hundreds of thousands of states', () => {
    const boxes = Array.from({ length: 200_000 }, () => ({ width: 10, height: 10 }));
    expect(layered(boxes, []).width).toBeGreaterThan(2_000_000);
  });

  it('lays out 1,000 states in less than a second', () => {
    const states = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, at) => [
        `State${at}`,
        at % 10 === 3
          ? { Type: 'Choice', Choices: [{ Condition: 'x', Next: `State${Math.min(999, at + 5)}` }], Default: `State${at + 1}` }
          : { Type: 'Task', Resource: 'task:x', ...(at === 999 ? { End: true } : { Next: `State${at + 1}` }) },
      ]),
    );
    const definition = readDefinition(JSON.stringify({ StartAt: 'State0', States: states }));
    if (definition === null) {
      throw new Error('unreadable');
    }
    // Time of the processor: what else the machine does is no matter of the layout.
    const before = process.cpuUsage();
    expect(layOut(layoutRequest(definition, [])).nodes.length).toBeGreaterThan(1_000);
    const took = process.cpuUsage(before).user / 1_000;
    console.log(`console layout-1000-states ${Math.round(took)} ms`);
    expect(took).toBeLessThan(1_000);
  });
});

describe('the difference of two values', () => {
  it('has what was added, removed and changed, and the rest once', () => {
    const lines = diff(readJson('{"a": 1, "b": [1, 2], "c": {"d": "x"}}'), readJson('{"a": 1, "b": [1, 3], "e": null}'));
    expect(lines.map((line) => `${line.mark}${' '.repeat(line.indent)}${line.text}`)).toEqual([
      ' {',
      '  "a": 1,',
      '  "b": [',
      '   1,',
      '-  2',
      '+  3',
      '  ],',
      '+ "e": null,',
      '- "c": {',
      '-  "d": "x"',
      '- }',
      ' }',
    ]);
  });

  it('folds what is the same', () => {
    const same = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`k${at}`, at]));
    const folded = fold(diff(readJson(JSON.stringify(same)), readJson(JSON.stringify({ ...same, k25: 'new' }))));
    expect(folded.filter((line) => 'skipped' in line)).toEqual([{ skipped: 23 }, { skipped: 22 }]);
  });
});

describe('JSON', () => {
  it.each([
    '12345678901234567890',
    '0.1000000000000000055511151231257827',
    '1.0',
    '-1e400',
    '{\n  "10": 1,\n  "9": "\\"é\\\\",\n  "__proto__": [\n    [],\n    {}\n  ]\n}',
  ])('is laid out with each number as it was written: %s', (text) => {
    expect(pretty(text)).toBe(text);
    expect(pretty(text.replace(/\s/g, ''))).toBe(text);
  });

  it('that is none stays as it is', () => {
    expect(pretty('{"a": 01}')).toBe('{"a": 01}');
    expect(lay({ kind: 'scalar', text: '1' })).toEqual([{ mark: ' ', indent: 0, text: '1' }]);
  });

  it('has the later one of two fields of a name, as browsers and the engine have it', () => {
    expect(pretty('{"a":1,"\\u0061":2}')).toBe('{\n  "a": 2\n}');
  });

  it('tells large numbers apart that a browser takes for the same', () => {
    expect(diff(readJson('[9007199254740993]'), readJson('[9007199254740992]')).map((line) => line.mark)).toEqual([' ', '-', '+', ' ']);
  });

  it('shows a state with its own text', () => {
    expect(part('{"States": {"A/B": {"Seconds": 1.0}}}', '/States/A~1B')).toBe('{\n  "Seconds": 1.0\n}');
  });

  it('has every line of a long value', () => {
    const long = JSON.stringify(Array.from({ length: 60_000 }, (_, at) => at));
    expect(diff(readJson('[]'), readJson(long))).toHaveLength(60_002);
    expect(JSON.parse(pretty(long))).toHaveLength(60_000);
  });
});

describe('the time axis', () => {
  it('folds idle time to a small part', () => {
    const scale = scaleOf(0, 21_610, [[0, 5], [21_605, 21_610]], true);
    expect(scale.folds).toHaveLength(1);
    expect(scale.folds[0]).toMatchObject({ from: 5, to: 21_605 });
    expect(scale.place(5)).toBeCloseTo(0.47, 2);
    expect(scale.place(21_605)).toBeCloseTo(0.53, 2);
    expect(scale.time(scale.place(2.5))).toBeCloseTo(2.5, 6);
  });

  it('is straight when nothing is folded', () => {
    const scale = scaleOf(100, 200, [], false);
    expect(scale.place(150)).toBeCloseTo(0.5, 6);
    expect(ticks(scale, 0, 1, 10).map((tick) => tick.at - 100)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  });
});

describe('a place in the editor', () => {
  const text = '{\n  "States": {\n    "A/B": {\n      "Next": "C"\n    }\n  }\n}';

  it('is found by its pointer', () => {
    const { from, to } = placeOf(text, '/States/A~1B/Next');
    expect(text.slice(from, to)).toBe('"Next": "C"');
  });

  it('is the innermost that exists when the pointer leads further', () => {
    const { from } = placeOf(text, '/States/A~1B/Resource');
    expect(text.slice(from).startsWith('"A/B"')).toBe(true);
    expect(placeOf('{"a', '/a/b').from).toBe(0);
  });
});

describe('the events of an execution', () => {
  const all = Array.from({ length: 2_500 }, (_, at): HistoryEvent => ({
    id: at + 1,
    previousEventId: at,
    timestamp: at,
    type: at === 0 ? 'ExecutionStarted' : at % 2 === 1 ? 'PassStateEntered' : 'PassStateExited',
    ...(at === 0 ? {} : { [at % 2 === 1 ? 'stateEnteredEventDetails' : 'stateExitedEventDetails']: { name: 'A', input: `"${at}"` } }),
  }));

  function source(events: HistoryEvent[], asked: string[]): ConstructorParameters<typeof Events>[1] {
    return async ({ nextToken, reverseOrder, maxResults = 1000 }) => {
      asked.push(`${reverseOrder === true ? 'last' : (nextToken ?? 'first')}`);
      const from = Number(nextToken ?? 0);
      const list = reverseOrder === true ? events.toReversed() : events;
      const next = from + maxResults < list.length ? { nextToken: String(from + maxResults) } : {};
      return { events: list.slice(from, from + maxResults), ...next };
    };
  }

  it('shows both ends first, then the rest', async () => {
    const asked: string[] = [];
    const events = new Events(null, source(all, asked));
    const { signal } = new AbortController();
    await events.open(signal);
    expect(asked).toEqual(['first', 'last']);
    expect(events.total.value).toBe(2_500);
    expect(events.rows.get(2_500)?.id).toBe(2_500);
    expect(events.rows.get(1_501)).toBeUndefined();
    expect(events.complete.value).toBe(false);
    await events.readAll(signal);
    expect(events.run.seen).toBe(2_500);
    expect(events.complete.value).toBe(true);
  });

  it('reads on where a running execution has gone on', async () => {
    const asked: string[] = [];
    const growing = all.slice(0, 1_200);
    const events = new Events(null, source(growing, asked));
    const { signal } = new AbortController();
    await events.open(signal);
    await events.readAll(signal);
    growing.push(...all.slice(1_200, 2_300));
    await events.refresh(signal);
    expect(events.run.seen).toBe(2_300);
    expect(asked).toEqual(['first', 'last', '1000', '1000', '2000']);
  });

  it('gives all of them, though not all have been read yet', async () => {
    const events = new Events(null, source(all, []));
    await events.open(new AbortController().signal);
    const given: number[] = [];
    for await (const page of events.everything()) {
      given.push(...page.map((event) => event.id));
    }
    expect(given).toEqual(all.map((event) => event.id));
  });

  it('gives those that came while they were given once each', async () => {
    const growing = all.slice(0, 1_200);
    const events = new Events(null, source(growing, []));
    const { signal } = new AbortController();
    await events.open(signal);
    await events.readAll(signal);
    const given: number[] = [];
    for await (const page of events.everything()) {
      given.push(...page.map((event) => event.id));
      if (given.length === 1_000) {
        growing.push(...all.slice(1_200, 2_300));
        await events.refresh(signal);
      }
    }
    expect(given).toEqual(all.slice(0, 2_300).map((event) => event.id));
  });

  it('asks once for a page, however many of its events are wanted at a time', async () => {
    const long = Array.from({ length: 30_000 }, (_, at): HistoryEvent => ({ ...(all[at % 2 === 0 ? 2 : 1] as HistoryEvent), id: at + 1, previousEventId: at }));
    long[0] = all[0] as HistoryEvent;
    const asked: string[] = [];
    const events = new Events(null, source(long, asked));
    const { signal } = new AbortController();
    await events.open(signal);
    await events.readAll(signal);
    asked.length = 0;
    const found = await Promise.all([2, 3, 4, 5].map((id) => events.find(id)));
    expect(found.map((event) => event?.id)).toEqual([2, 3, 4, 5]);
    expect(asked).toEqual(['first']);
  });

  it('asks again for an input that it no longer keeps', async () => {
    const long = Array.from({ length: 30_000 }, (_, at): HistoryEvent => ({ ...(all[at % 2 === 0 ? 2 : 1] as HistoryEvent), id: at + 1, previousEventId: at }));
    long[0] = all[0] as HistoryEvent;
    const asked: string[] = [];
    const events = new Events(null, source(long, asked));
    const { signal } = new AbortController();
    await events.open(signal);
    await events.readAll(signal);
    expect(events.at(2)).toBeUndefined();
    expect((await events.find(2))?.id).toBe(2);
    expect(asked.at(-1)).toBe('first');
  });
});

describe('a history in a file', () => {
  const started = { id: 1, previousEventId: 0, timestamp: '2026-11-28T21:37:12Z', type: 'ExecutionStarted', executionStartedEventDetails: { input: '{"a":1.0}' } };
  const ended = { id: 2, previousEventId: 0, timestamp: 1_795_901_833, type: 'ExecutionFailed' };
  const file = (more: object): string => JSON.stringify({ events: [ended, started], ...more });

  it('is read as other tools print it', () => {
    expect(readHistory(file({})).execution).toEqual({
      executionArn: 'imported',
      stateMachineArn: 'imported',
      name: 'Imported history',
      status: 'FAILED',
      startDate: 1_795_901_832,
      stopDate: 1_795_901_833,
      input: '{"a":1.0}',
    });
  });

  it('is what was exported, also when not all of it had been read', async () => {
    const events = Array.from({ length: 2_500 }, (_, at): HistoryEvent => ({ id: at + 1, previousEventId: at, timestamp: at, type: 'PassStateEntered' }));
    const opened = new Events(null, async ({ nextToken, reverseOrder }) => {
      const from = Number(nextToken ?? 0);
      return reverseOrder === true ? { events: events.slice(-3).toReversed() } : { events: events.slice(from, from + 1_000), ...(from < 2_000 ? { nextToken: String(from + 1_000) } : {}) };
    });
    await opened.open(new AbortController().signal);
    const { execution, stateMachine } = readHistory(file({ execution: { name: 'order-1', labels: { order: '1' } }, stateMachine: { name: 'orders' } }));
    const again = readHistory(await (await exported(execution, stateMachine, opened)).text());
    expect(again.events).toEqual(events);
    expect(again.execution).toMatchObject({ name: 'order-1', labels: { order: '1' } });
  });

  it.each([
    ['{', 'no JSON'],
    ['null', 'no object'],
    ['[]', 'no object'],
    ['{"events": []}', 'no “events”'],
    ['{"events": [7]}', 'events[0] is no object'],
    ['{"events": [{"id": 1, "type": "A", "timestamp": 1}]}', 'no “previousEventId” that is a number'],
    ['{"events": [{"id": 1, "previousEventId": 0, "type": "A"}]}', 'no “timestamp” that is a time'],
    [JSON.stringify({ events: [ended] }), 'Event 1 is missing'],
    [JSON.stringify({ events: [started, ended, ended] }), 'Event 2 is there twice'],
    [file({ execution: 'order-1' }), 'The file\'s “execution” is no object'],
    [file({ execution: { name: 7 } }), '“name” of the file\'s “execution” is 7'],
    [file({ execution: { startDate: 'soon' } }), '“startDate” of the file\'s “execution” is "soon"'],
    [file({ stateMachine: { definition: {} } }), '“definition” of the file\'s “stateMachine” is {}'],
  ])('that is a wrong one is refused with what is wrong: %s', (text, said) => {
    expect(() => readHistory(text)).toThrow(said);
  });
});
