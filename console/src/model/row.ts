import type { HistoryEvent } from '../api/types';

/** What is kept of each event, however many there are: all but inputs and outputs. */
export interface Row {
  id: number;
  previous: number;
  at: number;
  type: string;
  /** The state's or iteration's name; empty where there is none. */
  name: string;
  /** An iteration's index; -1 where there is none. */
  index: number;
  itemName: string;
  error: string;
  cause: string;
  resource: string;
  /** A nested execution or a Map Run that the event leads to. */
  arn: string;
}

/** The details of an event, whatever their key is called. */
export function detailsOf(event: HistoryEvent): Record<string, unknown> {
  for (const key in event) {
    if (key.endsWith('EventDetails')) {
      return (event as unknown as Record<string, Record<string, unknown> | undefined>)[key] ?? {};
    }
  }
  return {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const CAUSE_KEPT = 400;

/** Reads off an event what is kept of it. */
export function rowOf(event: HistoryEvent): Row {
  const details = detailsOf(event);
  const type = text(details['resourceType']);
  const resource = text(details['resource']);
  const output = text(details['output']);
  const nested = event.type === 'TaskSubmitted' && type === 'states' ? /"ExecutionArn":"([^"]+)"/.exec(output)?.[1] : undefined;
  return {
    id: event.id,
    previous: event.previousEventId,
    at: event.timestamp,
    type: event.type,
    name: text(details['name']) || text(details['state']),
    index: typeof details['index'] === 'number' ? details['index'] : -1,
    itemName: text(details['itemName']),
    error: text(details['error']),
    cause: text(details['cause']).slice(0, CAUSE_KEPT),
    resource: type === '' ? resource : `${type}:${resource}`,
    arn: text(details['mapRunArn']) || (nested ?? ''),
  };
}

/** An event's type in words: `TaskStateEntered` is "Task state entered". */
export function typeWords(type: string): string {
  const words = type.replace(/([a-z])([A-Z])/g, '$1 $2').split(' ');
  return words.map((word, at) => (at === 0 ? word : word.toLowerCase())).join(' ');
}

type EventTone = 'ok' | 'fail' | 'run' | 'wait' | 'stop' | 'none';

/** What an event means, for its colour. */
export function toneOf(type: string): EventTone {
  if (type.endsWith('Failed') || type.endsWith('TimedOut')) {
    return 'fail';
  }
  if (type.endsWith('Succeeded')) {
    return 'ok';
  }
  if (type.endsWith('Aborted')) {
    return 'stop';
  }
  if (type.endsWith('Scheduled') || type.endsWith('Started') || type.endsWith('Submitted')) {
    return 'run';
  }
  return type.endsWith('Redriven') ? 'wait' : 'none';
}
