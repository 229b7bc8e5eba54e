import type { VisitStatus } from './status';

/** One time that a task was asked for. */
export interface Attempt {
  /** The event that asked for it. */
  event: number;
  /** The event that ended it. */
  end: number | null;
  startedAt: number;
  endedAt: number | null;
  outcome: 'open' | 'succeeded' | 'failed' | 'timedOut' | 'aborted';
  error: string;
  cause: string;
}

/** One time that a state was entered. */
export interface Visit {
  /** The event of its entering, which names it. */
  id: number;
  state: string;
  type: string;
  scope: Scope;
  enteredAt: number;
  leftAt: number | null;
  exit: number | null;
  status: VisitStatus;
  attempts: Attempt[];
  error: string;
  cause: string;
  /** The event that tells of its failure. */
  failure: number | null;
  /** The state within it with which it failed. */
  origin: Visit | null;
  /** The latest event that belongs to it. */
  last: number;
  children: Scope[];
  resource: string;
  submitted: number | null;
  /** A nested execution or the Map Run that it began. */
  arn: string;
}

/** One running body: the execution itself, an item of a Map, a branch of a Parallel. */
export interface Scope {
  owner: Visit | null;
  index: number;
  name: string;
  status: VisitStatus;
  startedAt: number;
  endedAt: number | null;
  /** The event that began it, or 0. */
  event: number;
  error: string;
  visits: Visit[];
}

const OPEN: ReadonlySet<VisitStatus> = new Set<VisitStatus>(['running', 'waiting', 'retrying']);

export function isOpen(status: VisitStatus): boolean {
  return OPEN.has(status);
}

/** Whether its task is over when somebody sends the token back. */
export function waitsForToken(visit: Visit): boolean {
  return visit.resource.endsWith('waitForTaskToken');
}

/** What was begun of it is over; what it failed with, if it did, stays. */
export function cutShort(visit: Visit, at: number): void {
  if (isOpen(visit.status)) {
    visit.status = 'aborted';
  }
  visit.leftAt ??= at;
  const attempt = visit.attempts.at(-1);
  if (attempt?.outcome === 'open') {
    attempt.outcome = 'aborted';
    attempt.endedAt = at;
  }
}

/** It is not tried again. */
export function fails(visit: Visit, at: number): void {
  if (isOpen(visit.status)) {
    visit.status = 'failed';
  }
  cutShort(visit, at);
}

/** Whatever is still open in it was cut short; also in what was cut short itself. */
export function closeWithin(visit: Visit, at: number): void {
  for (const child of visit.children) {
    if (isOpen(child.status) || child.status === 'aborted') {
      closeScope(child, at);
    }
  }
}

export function closeScope(scope: Scope, at: number): void {
  const last = scope.visits.at(-1);
  if (last !== undefined && (isOpen(last.status) || last.status === 'aborted')) {
    closeWithin(last, at);
    cutShort(last, at);
  }
  if (isOpen(scope.status)) {
    const failed = last?.status === 'failed';
    scope.status = failed ? 'failed' : 'aborted';
    scope.error = failed ? last.error : '';
  }
  scope.endedAt ??= at;
}

export function resume(visit: Visit): void {
  visit.status = 'running';
  visit.leftAt = null;
  visit.error = '';
  visit.cause = '';
  visit.failure = null;
  visit.origin = null;
}

export function newScope(owner: Visit | null, index: number, name: string, at: number, event: number): Scope {
  return { owner, index, name, status: 'running', startedAt: at, endedAt: null, event, error: '', visits: [] };
}

/** What an item or branch is called: its name, or the state's name and its index. */
export function scopeName(scope: Scope): string {
  if (scope.owner === null) {
    return 'Execution';
  }
  return scope.name !== '' ? scope.name : `${scope.owner.type === 'Parallel' ? 'Branch' : 'Item'} ${scope.index}`;
}

/** The way to a state: `ProcessOrders › Item 17 › Charge`. */
export function wayTo(visit: Visit): string[] {
  const way = [visit.state];
  for (let scope = visit.scope; scope.owner !== null; scope = scope.owner.scope) {
    way.unshift(scope.owner.state, scopeName(scope));
  }
  return way;
}
