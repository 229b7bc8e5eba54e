import type { Run } from '../model/run';
import type { Scope, Visit } from '../model/visit';
import { change, query } from '../router';

/** What graph, timeline, events and inspector show as chosen. It stands in the address, so it can be sent to somebody. */
export interface Selection {
  /** The chosen event, or null. */
  event: number | null;
  state: string | null;
  visit: Visit | null;
  /** The chosen item or branch, when its own event is chosen. */
  scope: Scope | null;
}

/** Reads the selection off the address. */
export function selectionOf(run: Run): Selection {
  const event = Number(query.value.get('event') ?? '');
  if (Number.isInteger(event) && event > 0) {
    const visit = run.visitAt(event);
    const scope = run.scopeAt(event);
    const own = scope !== null && scope.owner !== null && scope.event === event && visit !== null && visit.id !== event ? scope : null;
    return { event, state: visit?.state ?? null, visit: own === null ? visit : scope?.owner ?? null, scope: own };
  }
  const state = query.value.get('state');
  const visits = state === null ? [] : run.visitsOf(state);
  const [only] = visits;
  if (only !== undefined && visits.length === 1) {
    return { event: only.id, state, visit: only, scope: null };
  }
  return { event: null, state, visit: null, scope: null };
}

export function chooseEvent(event: number | null): void {
  change({ event: event ?? undefined, state: undefined });
}

/** Chooses a state: the one time that it was entered, or all of them. */
export function chooseState(run: Run, state: string | null): void {
  const visits = state === null ? [] : run.visitsOf(state);
  const [only] = visits;
  if (only !== undefined && visits.length === 1) {
    chooseEvent(only.id);
  } else {
    change({ event: undefined, state: state ?? undefined });
  }
}
