import type { ExecutionStatus } from '../api/types';
import type { Attempt } from './visit';

/** How a state, an item or an execution stands: one word, one colour and one shape each. */
export type Status = 'ok' | 'fail' | 'warn' | 'run' | 'wait' | 'stop' | 'none';

export interface Saying {
  status: Status;
  word: string;
}

const EXECUTIONS: Record<ExecutionStatus, Saying> = {
  RUNNING: { status: 'run', word: 'Running' },
  SUCCEEDED: { status: 'ok', word: 'Succeeded' },
  FAILED: { status: 'fail', word: 'Failed' },
  TIMED_OUT: { status: 'warn', word: 'Timed out' },
  ABORTED: { status: 'stop', word: 'Aborted' },
  PENDING_REDRIVE: { status: 'wait', word: 'Pending redrive' },
};

/** What an execution's status is called. */
export function ofExecution(status: ExecutionStatus): Saying {
  return EXECUTIONS[status] ?? { status: 'none', word: String(status) };
}

export type VisitStatus = 'running' | 'waiting' | 'retrying' | 'succeeded' | 'failed' | 'caught' | 'timedOut' | 'aborted';

const VISITS: Record<VisitStatus, Saying> = {
  running: { status: 'run', word: 'Running' },
  waiting: { status: 'wait', word: 'Waiting' },
  retrying: { status: 'wait', word: 'Waits for a retry' },
  succeeded: { status: 'ok', word: 'Succeeded' },
  failed: { status: 'fail', word: 'Failed' },
  caught: { status: 'warn', word: 'Failed, caught' },
  timedOut: { status: 'warn', word: 'Timed out' },
  aborted: { status: 'stop', word: 'Aborted' },
};

const ATTEMPTS: Record<Attempt['outcome'], Status> = { open: 'run', succeeded: 'ok', failed: 'fail', timedOut: 'fail', aborted: 'stop' };

export function ofAttempt(attempt: Attempt): Status {
  return ATTEMPTS[attempt.outcome];
}

/** What a state's status is called. */
export function ofVisit(status: VisitStatus): Saying {
  return VISITS[status];
}
