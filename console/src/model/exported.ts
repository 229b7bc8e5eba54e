import type { Execution, HistoryEvent, StateMachine } from '../api/types';
import type { Events } from './events';
import { detailsOf } from './row';

/** The file in which a history travels. */
export interface ExportedHistory {
  format: 'reprise-history/1';
  execution: Execution;
  stateMachine: StateMachine;
  events: HistoryEvent[];
}

/** Writes a whole history, also what of it has not been read yet. In pieces: all of it may be longer than a text can be. */
export async function exported(execution: Execution, stateMachine: StateMachine, events: Events): Promise<Blob> {
  const head: Omit<ExportedHistory, 'events'> = { format: 'reprise-history/1', execution, stateMachine };
  const pieces = [JSON.stringify(head).slice(0, -1), ',"events":['];
  for await (const page of events.everything()) {
    pieces.push(pieces.length > 2 ? ',' : '', JSON.stringify(page).slice(1, -1));
  }
  pieces.push(']}');
  return new Blob(pieces, { type: 'application/json' });
}

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A time in seconds, from a number or from the text that other tools write; null when it is none. */
function seconds(value: unknown): number | null {
  const at = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) / 1000 : NaN;
  return Number.isFinite(at) ? at : null;
}

function eventOf(value: unknown, place: number): HistoryEvent {
  const said = `The file's events[${place}]`;
  if (!isObject(value)) {
    throw new Error(`${said} is no object.`);
  }
  for (const [field, type] of [
    ['id', 'number'],
    ['previousEventId', 'number'],
    ['type', 'string'],
  ] as const) {
    if (typeof value[field] !== type) {
      throw new Error(`${said} has no “${field}” that is a ${type}.`);
    }
  }
  const timestamp = seconds(value['timestamp']);
  if (timestamp === null) {
    throw new Error(`${said} has no “timestamp” that is a time.`);
  }
  return { ...value, timestamp } as unknown as HistoryEvent;
}

function eventsOf(value: unknown): HistoryEvent[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new Error('The file has no “events” of an execution. Export one with the button on its page, or save what “aws stepfunctions get-execution-history” prints.');
  }
  const events = value.map(eventOf).sort((a, b) => a.id - b.id);
  events.forEach((event, at) => {
    if (event.id !== at + 1) {
      throw new Error(event.id === events[at - 1]?.id ? `Event ${event.id} is there twice.` : `Event ${at + 1} is missing: the file must hold the whole history, from the first event on.`);
    }
  });
  return events;
}

const STATUSES: Record<string, Execution['status']> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionAborted: 'ABORTED',
  ExecutionTimedOut: 'TIMED_OUT',
};

const TIMES: ReadonlySet<string> = new Set(['startDate', 'stopDate', 'redriveDate', 'wakeAt', 'creationDate']);
const NUMBERS: ReadonlySet<string> = new Set(['itemCount', 'redriveCount']);

/** What the file tells, field by field, over what is known without it. */
function told<T extends object>(where: string, value: unknown, known: T): T {
  if (value === undefined) {
    return known;
  }
  if (!isObject(value)) {
    throw new Error(`The file's “${where}” is no object.`);
  }
  const fields = { ...known } as Fields;
  for (const [name, field] of Object.entries(value)) {
    const wanted = TIMES.has(name) ? seconds(field) : NUMBERS.has(name) ? (typeof field === 'number' ? field : null) : name === 'labels' ? labels(field) : typeof field === 'string' ? field : null;
    if (wanted !== null) {
      fields[name] = wanted;
    } else if (name in known) {
      throw new Error(`“${name}” of the file's “${where}” is ${JSON.stringify(field)?.slice(0, 40)}, which it cannot be.`);
    }
  }
  return fields as T;
}

function labels(value: unknown): Record<string, string> | null {
  return isObject(value) && Object.values(value).every((label) => typeof label === 'string') ? (value as Record<string, string>) : null;
}

/** Reads an exported history, or what `aws stepfunctions get-execution-history` prints; says of any other file what is wrong with it. */
export function readHistory(text: string): ExportedHistory {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (problem) {
    throw new Error(`The file is no JSON: ${(problem as Error).message}`);
  }
  if (!isObject(raw)) {
    throw new Error('The file is JSON, but no object with the “events” of an execution.');
  }
  const events = eventsOf(raw['events']);
  const [first] = events;
  const last = events.at(-1);
  const status = STATUSES[last?.type ?? ''];
  const input = first?.type === 'ExecutionStarted' ? detailsOf(first)['input'] : undefined;
  return {
    format: 'reprise-history/1',
    execution: told<Execution>('execution', raw['execution'], {
      executionArn: 'imported',
      stateMachineArn: 'imported',
      name: 'Imported history',
      status: status ?? 'RUNNING',
      startDate: first?.timestamp ?? 0,
      ...(status === undefined || last === undefined ? {} : { stopDate: last.timestamp }),
      ...(typeof input === 'string' ? { input } : {}),
    }),
    stateMachine: told<StateMachine>('stateMachine', raw['stateMachine'], {
      stateMachineArn: 'imported',
      name: 'imported',
      type: 'STANDARD',
      status: 'ACTIVE',
      definition: '{}',
      creationDate: 0,
    }),
    events,
  };
}
