import type { Definition } from './definition';
import type { Row } from './row';
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

/** How often a state was entered, and how that ended. */
export interface Tally {
  total: number;
  running: number;
  waiting: number;
  succeeded: number;
  failed: number;
  caught: number;
  aborted: number;
  retries: number;
  items: number;
  itemsFailed: number;
  itemsOk: number;
  itemsOpen: number;
  firstFailure: number | null;
}

type Place = Visit | Scope;

function isVisit(place: Place): place is Visit {
  return 'attempts' in place;
}

const OPEN: ReadonlySet<VisitStatus> = new Set<VisitStatus>(['running', 'waiting', 'retrying']);

export function isOpen(status: VisitStatus): boolean {
  return OPEN.has(status);
}

/** The key of an edge that was taken. */
export function edgeKey(from: string, to: string, caught: boolean): string {
  return `${from}\u0000${to}\u0000${caught ? 'catch' : 'next'}`;
}

/**
 * What an execution has done, read off its events in their order. A history tells only which event follows from which; the tree of states, items
 * and attempts is put together here.
 */
export class Run {
  readonly root: Scope = newScope(null, 0, '', 0, 0);
  readonly visits: Visit[] = [];
  readonly taken = new Set<string>();
  /** The last event that was read. */
  seen = 0;
  redrives: { event: number; at: number }[] = [];
  end: Row | null = null;
  lastAt = 0;

  private readonly places: Place[] = [];
  private readonly types: string[] = [];

  constructor(private readonly definition: Definition | null) {}

  /** Reads the next event; events come in the order of their numbers. */
  read(row: Row): void {
    if (row.id !== this.seen + 1) {
      throw new Error(`Event ${row.id} does not follow ${this.seen}`);
    }
    this.seen = row.id;
    this.lastAt = row.at;
    this.places[row.id] = this.placeOf(row);
    this.types[row.id] = row.type;
  }

  /** Where an event belongs: its state's visit, or its item. */
  visitAt(event: number): Visit | null {
    const place = this.places[event];
    return place === undefined ? null : isVisit(place) ? place : place.owner;
  }

  /** The item or branch that an event belongs to, the innermost one. */
  scopeAt(event: number): Scope | null {
    const place = this.places[event];
    return place === undefined ? null : isVisit(place) ? place.scope : place;
  }

  private placeOf(row: Row): Place {
    const before = this.places[row.previous] ?? this.root;
    const type = row.type;
    if (type.startsWith('Execution')) {
      return this.ofExecution(row);
    }
    if (type.endsWith('StateEntered')) {
      return this.entered(row, before);
    }
    if (type.endsWith('StateExited')) {
      return this.exited(row, before);
    }
    if (type.startsWith('MapIteration') || type.startsWith('ParallelBranch')) {
      return this.ofItem(row, before);
    }
    if (type.startsWith('MapState') || type.startsWith('ParallelState') || type.startsWith('MapRun')) {
      return this.ofFanOut(row, before);
    }
    return this.ofTask(row, before);
  }

  private ofExecution(row: Row): Place {
    switch (row.type) {
      case 'ExecutionStarted':
        this.root.startedAt = row.at;
        this.root.event = row.id;
        break;
      case 'ExecutionRedriven':
        this.redrives.push({ event: row.id, at: row.at });
        this.end = null;
        this.root.status = 'running';
        this.root.endedAt = null;
        break;
      default: {
        this.end = row;
        this.root.endedAt = row.at;
        this.root.error = row.error;
        this.root.status =
          row.type === 'ExecutionSucceeded'
            ? 'succeeded'
            : row.type === 'ExecutionAborted'
              ? 'aborted'
              : row.type === 'ExecutionTimedOut'
                ? 'timedOut'
                : 'failed';
        this.closeOpen(row);
      }
    }
    return this.root;
  }

  /** What is still open when the execution ends was cut short, or is where it failed. */
  private closeOpen(end: Row): void {
    for (const visit of this.visits) {
      if (isOpen(visit.status)) {
        const failed = visit.error !== '' && end.type === 'ExecutionFailed';
        visit.status = failed ? 'failed' : end.type === 'ExecutionTimedOut' ? 'timedOut' : 'aborted';
        visit.leftAt ??= end.at;
        for (const attempt of visit.attempts) {
          if (attempt.outcome === 'open') {
            attempt.outcome = 'aborted';
            attempt.endedAt = end.at;
          }
        }
        for (const child of visit.children) {
          if (isOpen(child.status)) {
            child.status = 'aborted';
            child.endedAt ??= end.at;
          }
        }
      }
    }
    // The innermost state that the failure came out of is where it happened; those around it failed with it.
    if (end.type === 'ExecutionFailed') {
      for (let visit = this.visitAt(end.previous); visit !== null; visit = visit.scope.owner) {
        if (visit.status === 'aborted') {
          visit.status = 'failed';
          visit.error ||= end.error;
          visit.cause ||= end.cause;
          visit.failure ??= end.id;
        }
      }
    }
  }

  private entered(row: Row, before: Place): Visit {
    const beforeType = this.types[row.previous] ?? '';
    let scope: Scope;
    if (isVisit(before)) {
      scope =
        beforeType === 'ParallelStateStarted' || beforeType === 'MapStateStarted' ? this.child(before, row) : before.scope;
    } else {
      scope = before;
    }
    const visit: Visit = {
      id: row.id,
      state: row.name,
      type: row.type.replace('StateEntered', ''),
      scope,
      enteredAt: row.at,
      leftAt: null,
      exit: null,
      status: 'running',
      attempts: [],
      error: '',
      cause: '',
      failure: null,
      last: row.id,
      children: [],
      resource: '',
      submitted: null,
      arn: '',
    };
    if (visit.type === 'Wait') {
      visit.status = 'waiting';
    } else if (visit.type === 'Fail') {
      visit.status = 'failed';
      visit.leftAt = row.at;
      visit.failure = row.id;
      const raw = this.definition?.states.get(row.name)?.raw;
      visit.error = typeof raw?.['Error'] === 'string' ? raw['Error'] : '';
      visit.cause = typeof raw?.['Cause'] === 'string' ? raw['Cause'] : '';
    }
    const from = scope.visits.at(-1);
    if (from !== undefined) {
      this.taken.add(edgeKey(from.state, visit.state, from.status === 'caught'));
    }
    scope.visits.push(visit);
    this.visits.push(visit);
    this.reopen(scope);
    return visit;
  }

  /** A branch without an event of its own, known by the state that it begins with. */
  private child(owner: Visit, row: Row): Scope {
    const bodies = this.definition?.states.get(owner.state)?.bodies ?? [];
    const branch = bodies.findIndex((body) => body.startAt === row.name);
    const taken = new Set(owner.children.filter((scope) => isOpen(scope.status)).map((scope) => scope.index));
    const index = branch >= 0 && !taken.has(branch) && owner.type === 'Parallel' ? branch : owner.children.length;
    const scope = newScope(owner, index, '', row.at, row.id);
    owner.children.push(scope);
    return scope;
  }

  private exited(row: Row, before: Place): Place {
    const visit = this.around(before, (each) => each.state === row.name && each.exit === null);
    if (visit === null) {
      return before;
    }
    visit.exit = row.id;
    visit.leftAt = row.at;
    visit.last = row.id;
    const failed = visit.error !== '' && visit.failure !== null;
    visit.status = failed ? 'caught' : 'succeeded';
    if (failed) {
      for (const child of visit.children) {
        if (isOpen(child.status)) {
          child.status = 'aborted';
          child.endedAt ??= row.at;
        }
      }
    }
    this.endBranch(visit, row);
    return visit;
  }

  /** A branch without events of its own ends with its last state. */
  private endBranch(visit: Visit, row: Row): void {
    const { scope } = visit;
    if (scope.owner?.type === 'Parallel' && this.definition?.states.get(visit.state)?.end === true && visit.status === 'succeeded') {
      scope.status = 'succeeded';
      scope.endedAt = row.at;
    }
  }

  private ofItem(row: Row, before: Place): Place {
    const owner = this.around(before, (each) => each.state === row.name && each.exit === null);
    if (owner === null) {
      return before;
    }
    if (row.type.endsWith('Started')) {
      const scope = newScope(owner, row.index, row.itemName, row.at, row.id);
      owner.children.push(scope);
      this.reopen(owner.scope);
      return scope;
    }
    let scope: Scope | null = isVisit(before) ? before.scope : before;
    while (scope !== null && !(scope.owner === owner && scope.index === row.index)) {
      scope = scope.owner?.scope ?? null;
    }
    scope ??= owner.children.findLast((each) => each.index === row.index) ?? null;
    if (scope === null) {
      return owner;
    }
    scope.endedAt = row.at;
    scope.status = row.type.endsWith('Succeeded') ? 'succeeded' : row.type.endsWith('Aborted') ? 'aborted' : 'failed';
    const last = scope.visits.at(-1);
    if (scope.status === 'failed') {
      scope.error = row.error || (last?.error ?? '');
    }
    if (last !== undefined && isOpen(last.status)) {
      last.status = scope.status === 'failed' ? 'failed' : 'aborted';
      last.leftAt ??= row.at;
      for (const attempt of last.attempts) {
        if (attempt.outcome === 'open') {
          attempt.outcome = 'aborted';
          attempt.endedAt = row.at;
        }
      }
    }
    return scope;
  }

  private ofFanOut(row: Row, before: Place): Place {
    const type = row.type.startsWith('Parallel') ? 'Parallel' : 'Map';
    const visit = this.around(before, (each) => each.type === type && each.exit === null);
    if (visit === null) {
      return before;
    }
    visit.last = row.id;
    if (row.arn !== '') {
      visit.arn = row.arn;
    }
    if (row.type.endsWith('Started') || row.type.endsWith('Redriven')) {
      this.reopenVisit(visit);
    } else if (row.type.endsWith('StateFailed') || row.type === 'MapRunFailed') {
      this.failed(visit, row);
    } else if (row.type.endsWith('Aborted')) {
      visit.status = 'aborted';
      visit.leftAt ??= row.at;
    }
    return visit;
  }

  private ofTask(row: Row, before: Place): Place {
    const visit = isVisit(before) ? before : before.visits.at(-1);
    if (visit === undefined) {
      return before;
    }
    visit.last = row.id;
    const attempt = visit.attempts.at(-1);
    const { type } = row;
    if (row.arn !== '') {
      visit.arn = row.arn;
    }
    if (type.endsWith('Scheduled')) {
      visit.resource = row.resource;
      visit.submitted = null;
      this.reopenVisit(visit);
      visit.attempts.push({ event: row.id, end: null, startedAt: row.at, endedAt: null, outcome: 'open', error: '', cause: '' });
      if (type === 'ActivityScheduled') {
        visit.status = 'waiting';
      }
    } else if (type.endsWith('Submitted')) {
      visit.submitted = row.id;
      visit.status = 'waiting';
    } else if (type.endsWith('Started')) {
      visit.status = /waitForTaskToken$/.test(visit.resource) ? 'waiting' : 'running';
    } else if (type.endsWith('Succeeded')) {
      close(attempt, row, 'succeeded');
      visit.error = '';
      visit.failure = null;
      visit.status = 'running';
    } else if (type.endsWith('Failed') || type.endsWith('TimedOut')) {
      close(attempt, row, type.endsWith('TimedOut') ? 'timedOut' : 'failed');
      this.failed(visit, row);
    } else if (type.endsWith('Aborted')) {
      close(attempt, row, 'aborted');
      visit.status = 'aborted';
      visit.leftAt ??= row.at;
    }
    return visit;
  }

  /** A failure may be tried again; whether it is, later events say. */
  private failed(visit: Visit, row: Row): void {
    visit.error = row.error || visit.children.findLast((child) => child.error !== '')?.error || 'States.TaskFailed';
    visit.cause = row.cause;
    visit.failure = row.id;
    const retriers = this.definition?.states.get(visit.state)?.retriers ?? 0;
    visit.status = retriers > 0 ? 'retrying' : 'failed';
  }

  private reopenVisit(visit: Visit): void {
    visit.status = 'running';
    visit.leftAt = null;
    visit.error = '';
    visit.cause = '';
    visit.failure = null;
    this.reopen(visit.scope);
  }

  /** Something goes on in it, so it and all around it are open: so a redrive shows. */
  private reopen(from: Scope): void {
    for (let scope: Scope | null = from; scope !== null; scope = scope.owner?.scope ?? null) {
      if (scope.owner === null) {
        return;
      }
      if (!isOpen(scope.status)) {
        scope.status = 'running';
        scope.endedAt = null;
        scope.error = '';
      }
      if (!isOpen(scope.owner.status) && scope.owner.exit === null) {
        scope.owner.status = 'running';
        scope.owner.leftAt = null;
      }
    }
  }

  private around(place: Place, fits: (visit: Visit) => boolean): Visit | null {
    let visit: Visit | null = isVisit(place) ? place : place.owner;
    while (visit !== null && !fits(visit)) {
      visit = visit.scope.owner;
    }
    return visit;
  }

  /** How each state stands, by its name. */
  tallies(): Map<string, Tally> {
    const tallies = new Map<string, Tally>();
    for (const visit of this.visits) {
      let tally = tallies.get(visit.state);
      if (tally === undefined) {
        tally = {
          total: 0,
          running: 0,
          waiting: 0,
          succeeded: 0,
          failed: 0,
          caught: 0,
          aborted: 0,
          retries: 0,
          items: 0,
          itemsFailed: 0,
          itemsOk: 0,
          itemsOpen: 0,
          firstFailure: null,
        };
        tallies.set(visit.state, tally);
      }
      count(tally, visit);
    }
    return tallies;
  }

  /** The innermost failed state that ended the execution; null when it did not fail. */
  culprit(): Visit | null {
    if (this.end === null || this.end.type === 'ExecutionSucceeded') {
      return null;
    }
    let found: Visit | null = null;
    let scope: Scope | null = this.root;
    while (scope !== null) {
      const visit: Visit | undefined = scope.visits.findLast((each) => each.status === 'failed' || each.status === 'timedOut');
      if (visit === undefined) {
        break;
      }
      found = visit;
      scope = visit.children.find((child) => child.status === 'failed' || child.visits.at(-1)?.status === 'failed') ?? null;
    }
    return found ?? this.visits.findLast((each) => each.status === 'aborted') ?? null;
  }
}

function count(tally: Tally, visit: Visit): void {
  tally.total++;
  tally.retries += Math.max(0, visit.attempts.length - 1);
  switch (visit.status) {
    case 'running':
      tally.running++;
      break;
    case 'waiting':
    case 'retrying':
      tally.waiting++;
      break;
    case 'succeeded':
      tally.succeeded++;
      break;
    case 'failed':
    case 'timedOut':
      tally.failed++;
      tally.firstFailure ??= visit.id;
      break;
    case 'caught':
      tally.caught++;
      break;
    case 'aborted':
      tally.aborted++;
      break;
  }
  if (visit.type === 'Map') {
    tally.items += visit.children.length;
    for (const child of visit.children) {
      if (child.status === 'failed') {
        tally.itemsFailed++;
      } else if (child.status === 'succeeded') {
        tally.itemsOk++;
      } else if (isOpen(child.status)) {
        tally.itemsOpen++;
      }
    }
  }
}

function close(attempt: Attempt | undefined, row: Row, outcome: Attempt['outcome']): void {
  if (attempt !== undefined) {
    attempt.outcome = outcome;
    attempt.end = row.id;
    attempt.endedAt = row.at;
    attempt.error = row.error;
    attempt.cause = row.cause;
  }
}

function newScope(owner: Visit | null, index: number, name: string, at: number, event: number): Scope {
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
