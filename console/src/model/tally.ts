import { isOpen, type Visit } from './visit';

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
}

/** How each state stands, by its name. */
export function tally(visits: Visit[]): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const visit of visits) {
    let known = tallies.get(visit.state);
    if (known === undefined) {
      known = {
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
      };
      tallies.set(visit.state, known);
    }
    count(known, visit);
  }
  return tallies;
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
