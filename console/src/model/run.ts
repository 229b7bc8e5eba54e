import type { Definition } from './definition';
import type { Row } from './row';
import { tally, type Tally } from './tally';
import { closeScope, closeWithin, cutShort, fails, isOpen, newScope, resume, waitsForToken, type Attempt, type Scope, type Visit } from './visit';

type Place = Visit | Scope;

/** A Map or Parallel that is being cut short, and how far: its items and branches follow in their order. */
interface Cut {
  owner: Visit;
  next: number;
}

function isVisit(place: Place): place is Visit {
  return 'attempts' in place;
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
  private readonly byState = new Map<string, Visit[]>();
  readonly taken = new Set<string>();
  /** The last event that was read. */
  seen = 0;
  end: Row | null = null;
  lastAt = 0;

  private readonly places: Place[] = [];
  private readonly types: string[] = [];
  /** Where the items of each Map, and those branches of a Parallel that have events of their own, stand among its children, by index. */
  private readonly items = new Map<Visit, Map<number, number>>();
  /** What is being cut short because of one event, from the outside in. */
  private cuts: Cut[] = [];
  private cutFor = 0;
  /** The states that were open when the execution ended, in the order of their entering. */
  private openAtEnd: Visit[] = [];

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

  /** All times that a state was entered. */
  visitsOf(state: string): readonly Visit[] {
    return this.byState.get(state) ?? [];
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
    if (type === 'EvaluationFailed') {
      return this.ofExpression(row, before);
    }
    if (type.endsWith('StateAborted')) {
      return this.ofCut(row, before);
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
        this.waitOn();
        this.end = null;
        this.root.status = 'running';
        this.root.error = '';
        this.root.endedAt = null;
        break;
      default: {
        this.end = row;
        this.closeOpen(row);
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
      }
    }
    return this.root;
  }

  /** What is still open when the execution ends was cut short, but for the state that it failed in and those around that one. */
  private closeOpen(end: Row): void {
    const open = this.visits.filter((visit) => isOpen(visit.status));
    this.openAtEnd = open;
    closeScope(this.root, end.at);
    if (end.type === 'ExecutionTimedOut') {
      for (const visit of open) {
        visit.status = 'timedOut';
      }
    } else if (end.type === 'ExecutionFailed') {
      for (let visit = this.visitAt(end.previous); visit !== null; visit = visit.scope.owner) {
        if (visit.exit === null) {
          visit.status = 'failed';
          visit.error ||= end.error;
          visit.cause ||= end.cause;
          visit.failure ??= end.id;
        }
        visit.scope.status = 'failed';
        visit.scope.error ||= visit.error;
      }
    }
  }

  /** A redrive goes on from the state before the end. No event tells of Waits that go on, and those that were cut short earlier stay so. */
  private waitOn(): void {
    const from = this.culprit()?.failure ?? this.seen;
    const cut = this.visits.filter((visit) => visit.status === 'aborted' && visit.last >= from);
    for (const visit of [...this.openAtEnd, ...cut]) {
      if (visit.type === 'Wait') {
        visit.status = 'waiting';
        visit.leftAt = null;
        this.reopen(visit.scope);
      }
    }
    this.openAtEnd = [];
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
      origin: null,
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
    const known = this.byState.get(row.name);
    if (known === undefined) {
      this.byState.set(row.name, [visit]);
    } else {
      known.push(visit);
    }
    this.reopen(scope);
    return visit;
  }

  /** A branch without an event of its own, known by the state that it begins with. */
  private child(owner: Visit, row: Row): Scope {
    const bodies = this.definition?.states.get(owner.state)?.bodies ?? [];
    const branch = owner.type === 'Parallel' ? bodies.findIndex((body) => body.startAt === row.name) : -1;
    const index = branch >= 0 ? branch : owner.children.length;
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
    closeWithin(visit, row.at);
    visit.status = visit.error !== '' && visit.failure !== null ? 'caught' : 'succeeded';
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
    const cut = row.previous === this.cutFor ? this.cuts.findLastIndex(({ owner }) => owner.state === row.name) : -1;
    const owner = this.cuts[cut]?.owner ?? this.around(before, (each) => each.state === row.name && each.exit === null);
    if (owner === null) {
      return before;
    }
    const items = this.items.get(owner) ?? new Map<number, number>();
    this.items.set(owner, items);
    const place = items.get(row.index) ?? owner.children.length;
    const known = owner.children[place];
    if (row.type.endsWith('Started')) {
      // One that is known is begun anew by a redrive.
      const scope = newScope(owner, row.index, row.itemName, row.at, row.id);
      items.set(row.index, place);
      owner.children[place] = scope;
      this.reopen(scope);
      return scope;
    }
    if (known === undefined) {
      return owner;
    }
    if (cut >= 0) {
      this.cuts.length = cut + 1;
    }
    known.endedAt = row.at;
    known.status = row.type.endsWith('Succeeded') ? 'succeeded' : row.type.endsWith('Aborted') ? 'aborted' : 'failed';
    const last = known.visits.at(-1);
    if (known.status === 'failed') {
      if (last !== undefined) {
        fails(last, row.at);
      }
      known.error = row.error || (last?.error ?? '');
    }
    return known;
  }

  /** A state was cut short, or failed: of a task's failure a history tells so. */
  private ofCut(row: Row, before: Place): Place {
    const type = row.type.replace('StateAborted', '');
    const said = this.places[row.id - 1];
    let visit: Visit | null | undefined;
    if (said !== undefined && !isVisit(said) && said.visits.at(-1)?.type === type) {
      // The event before tells of its item.
      visit = said.visits.at(-1);
    } else if (isVisit(before) && before.type === type && before.last === row.previous && type !== 'Map' && type !== 'Parallel') {
      visit = before;
      fails(visit, row.at);
    } else {
      visit = this.nextToCut(row, isVisit(before) ? before.scope.owner : before.owner, type);
    }
    if (visit === null || visit === undefined) {
      return before;
    }
    visit.last = row.id;
    cutShort(visit, row.at);
    if (type === 'Map' || type === 'Parallel') {
      this.cutsFor(row).push({ owner: visit, next: 0 });
    }
    return visit;
  }

  private cutsFor(row: Row): Cut[] {
    if (this.cutFor !== row.previous) {
      this.cutFor = row.previous;
      this.cuts = [];
    }
    return this.cuts;
  }

  /** The first state of that type that has not been cut short yet, in the order of branches. */
  private nextToCut(row: Row, outermost: Visit | null, type: string): Visit | null {
    const cuts = this.cutsFor(row);
    if (cuts.length === 0 && outermost !== null) {
      cuts.push({ owner: outermost, next: 0 });
    }
    for (let cut = cuts.at(-1); cut !== undefined; cut = cuts.at(-1)) {
      while (cut.next < cut.owner.children.length) {
        const visit = cut.owner.children[cut.next++]?.visits.at(-1);
        if (visit?.type === type && isOpen(visit.status)) {
          return visit;
        }
      }
      if (cuts.length === 1) {
        break;
      }
      cuts.pop();
    }
    return null;
  }

  /** An expression failed; the event follows from what was last done, which may be within the state. */
  private ofExpression(row: Row, before: Place): Place {
    const visit = this.around(before, (each) => each.state === row.name && each.exit === null) ?? (isVisit(before) ? before : before.visits.at(-1));
    if (visit === undefined) {
      return before;
    }
    visit.last = row.id;
    visit.origin = null;
    this.failed(visit, row);
    return visit;
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
    if (row.type.endsWith('StateStarted')) {
      // Tried again, it begins all its items and branches anew.
      closeWithin(visit, row.at);
      visit.children = [];
      this.items.delete(visit);
      this.reopenVisit(visit);
    } else if (row.type.endsWith('Started') || row.type.endsWith('Redriven')) {
      this.reopenVisit(visit);
    } else if (row.type.endsWith('StateFailed') || row.type === 'MapRunFailed') {
      this.failedWithin(visit, row, isVisit(before) ? before : (before.visits.at(-1) ?? null));
    } else if (row.type.endsWith('Aborted')) {
      cutShort(visit, row.at);
    }
    return visit;
  }

  /** A Map or Parallel failed with a state within it; or with itself, as when its data set cannot be read. */
  private failedWithin(visit: Visit, row: Row, origin: Visit | null): void {
    visit.origin = origin === visit ? null : origin;
    if (visit.origin !== null) {
      for (let inner: Visit | null = origin; inner !== null && inner !== visit; inner = inner.scope.owner) {
        fails(inner, row.at);
        if (isOpen(inner.scope.status)) {
          inner.scope.status = 'failed';
          inner.scope.error = inner.error;
          inner.scope.endedAt = row.at;
        }
      }
    }
    closeWithin(visit, row.at);
    this.failed(visit, row);
    if (row.type !== 'MapRunFailed') {
      // It tells that the state is not tried again.
      fails(visit, row.at);
    }
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
      visit.status = waitsForToken(visit) ? 'waiting' : 'running';
    } else if (type.endsWith('Succeeded')) {
      close(attempt, row, 'succeeded');
      visit.error = '';
      visit.failure = null;
      visit.status = 'running';
    } else if (type.endsWith('Failed') || type.endsWith('TimedOut')) {
      close(attempt, row, type.endsWith('TimedOut') ? 'timedOut' : 'failed');
      this.failed(visit, row);
    }
    return visit;
  }

  /** A failure may be tried again; whether it is, later events say. */
  private failed(visit: Visit, row: Row): void {
    const { origin } = visit;
    if (row.error !== '') {
      visit.error = row.error;
      visit.cause = row.cause;
    } else {
      visit.error = origin?.error || visit.error || 'States.TaskFailed';
      visit.cause = origin?.cause ?? visit.cause;
    }
    visit.failure = row.id;
    visit.status = 'retrying';
    if ((this.definition?.states.get(visit.state)?.retriers ?? 0) === 0) {
      fails(visit, row.at);
    }
  }

  private reopenVisit(visit: Visit): void {
    resume(visit);
    this.reopen(visit.scope);
  }

  /** Something goes on in it, so it and all around it are open: so a redrive shows. */
  private reopen(from: Scope): void {
    for (let scope: Scope | null = from; scope !== null && scope.owner !== null; scope = scope.owner.scope) {
      if (!isOpen(scope.status)) {
        scope.status = 'running';
        scope.endedAt = null;
        scope.error = '';
      }
      if (!isOpen(scope.owner.status) && scope.owner.exit === null) {
        resume(scope.owner);
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
    return tally(this.visits);
  }

  /** The innermost state that ended the execution, or in which it was when it was ended; null when it did not fail. */
  culprit(): Visit | null {
    if (this.end === null || this.end.type === 'ExecutionSucceeded') {
      return null;
    }
    let found = this.visitAt(this.end.previous) ?? this.openAtEnd.at(-1) ?? null;
    while (found !== null && found.origin !== null) {
      found = found.origin;
    }
    return found;
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
