import { signal } from '@preact/signals';
import type {
  Execution,
  ExecutionItem,
  HistoryPage,
  MapRun,
  Problem,
  StateMachine,
  StateMachineItem,
  StateTest,
} from './types';

/** An answer that is no success: the API's error name and text, or what kept the request from being answered. */
export class ApiError extends Error {
  constructor(
    /** The error's name, such as `ExecutionDoesNotExist`; `Unreachable` when nothing answered. */
    readonly code: string,
    message: string,
    readonly action: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** Whether the endpoint itself is gone, rather than the request wrong. */
  get unreachable(): boolean {
    return this.code === 'Unreachable';
  }
}

/** Whether the endpoint answered the last request; null before the first. */
export const reachable = signal<boolean | null>(null);

/** The last part of an error's type: `com.amazonaws.swf.service.v2.model#ExecutionDoesNotExist` is named after its `#`. */
function nameOf(type: unknown, status: number): string {
  return typeof type === 'string' && type !== '' ? (type.split('#').pop() ?? type) : `HTTP ${status}`;
}

async function answerOf(response: Response, action: string): Promise<unknown> {
  const text = await response.text();
  let body: unknown;
  try {
    body = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new ApiError(`HTTP ${response.status}`, `The endpoint answered with something that is no JSON: ${text.slice(0, 200)}`, action);
  }
  if (!response.ok) {
    // The server itself refuses in a form of its own.
    const { __type, error, message, Message } = body as Record<string, unknown>;
    throw new ApiError(nameOf(__type ?? error, response.status), String(message ?? Message ?? 'The endpoint says no more.'), action);
  }
  return body;
}

async function reach(action: string, url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, init);
    // A gateway before an endpoint that is gone answers for it.
    if (response.status === 502 || response.status === 503 || response.status === 504) {
      throw new Error(`HTTP ${response.status}`);
    }
    reachable.value = true;
    return response;
  } catch (problem) {
    if (init.signal?.aborted === true) {
      throw problem;
    }
    reachable.value = false;
    throw new ApiError('Unreachable', `Nothing answers at ${location.origin}.`, action);
  }
}

/** Asks the Step Functions API for one action. */
export async function call<T>(action: string, parameters: object, abort?: AbortSignal): Promise<T> {
  const init: RequestInit = {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': `AWSStepFunctions.${action}` },
    body: JSON.stringify(parameters),
  };
  if (abort !== undefined) {
    init.signal = abort;
  }
  return (await answerOf(await reach(action, '/', init), action)) as T;
}

/** Asks the console's own API, which has what the Step Functions API lacks. */
export async function own<T>(path: string, init: RequestInit = {}): Promise<T> {
  return (await answerOf(await reach(path, `/console/api/${path}`, init), path)) as T;
}

interface Info {
  /** Whether workflow files can be written: in dev mode only. */
  savesFiles?: boolean;
  /** Whether the endpoint tells of journals, replays and logs: in dev mode only. */
  seesFacts?: boolean;
}

let told: Promise<Info> | null = null;

/** What the endpoint has beside the Step Functions API; asked once. */
export function info(): Promise<Info> {
  told ??= own<Info>('info').catch((): Info => {
    told = null;
    return {};
  });
  return told;
}

export interface Page<T> {
  items: T[];
  next?: string;
}

function page<T>(items: T[], nextToken: string | undefined): Page<T> {
  return nextToken === undefined ? { items } : { items, next: nextToken };
}

interface ExecutionQuery {
  stateMachineArn?: string;
  mapRunArn?: string;
  labels?: Record<string, string>;
  statusFilter?: string;
  nextToken?: string;
  maxResults?: number;
}

/** The actions that the console uses, one function each. */
export const api = {
  async stateMachines(nextToken?: string): Promise<Page<StateMachineItem>> {
    const answer = await call<{ stateMachines: StateMachineItem[]; nextToken?: string }>('ListStateMachines', {
      maxResults: 1000,
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    return page(answer.stateMachines, answer.nextToken);
  },

  stateMachine: (stateMachineArn: string): Promise<StateMachine> =>
    call('DescribeStateMachine', { stateMachineArn }),

  stateMachineOf: (executionArn: string): Promise<StateMachine> =>
    call('DescribeStateMachineForExecution', { executionArn }),

  async executions(query: ExecutionQuery, abort?: AbortSignal): Promise<Page<ExecutionItem>> {
    const answer = await call<{ executions: ExecutionItem[]; nextToken?: string }>('ListExecutions', query, abort);
    return page(answer.executions, answer.nextToken);
  },

  execution: (executionArn: string): Promise<Execution> => call('DescribeExecution', { executionArn }),

  history: (
    executionArn: string,
    options: { nextToken?: string; reverseOrder?: boolean; maxResults?: number },
    abort?: AbortSignal,
  ): Promise<HistoryPage> =>
    call('GetExecutionHistory', { executionArn, includeExecutionData: true, maxResults: 1000, ...options }, abort),

  start: (stateMachineArn: string, name: string, input: string): Promise<{ executionArn: string }> =>
    call('StartExecution', { stateMachineArn, input, ...(name === '' ? {} : { name }) }),

  stop: (executionArn: string, error: string, cause: string): Promise<object> =>
    call('StopExecution', {
      executionArn,
      ...(error === '' ? {} : { error }),
      ...(cause === '' ? {} : { cause }),
    }),

  redrive: (executionArn: string): Promise<object> => call('RedriveExecution', { executionArn }),

  taskSuccess: (taskToken: string, output: string): Promise<object> => call('SendTaskSuccess', { taskToken, output }),

  taskFailure: (taskToken: string, error: string, cause: string): Promise<object> =>
    call('SendTaskFailure', {
      taskToken,
      ...(error === '' ? {} : { error }),
      ...(cause === '' ? {} : { cause }),
    }),

  mapRun: (mapRunArn: string): Promise<MapRun> => call('DescribeMapRun', { mapRunArn }),

  async validate(definition: string): Promise<Problem[]> {
    const answer = await call<{ diagnostics: Problem[] }>('ValidateStateMachineDefinition', {
      definition,
      severity: 'WARNING',
      maxResults: 100,
    });
    return answer.diagnostics;
  },

  testState: (parameters: object): Promise<StateTest> => call('TestState', parameters),

  async versions(stateMachineArn: string): Promise<{ stateMachineVersionArn: string; creationDate: number }[]> {
    const answer = await call<{ stateMachineVersions: { stateMachineVersionArn: string; creationDate: number }[] }>('ListStateMachineVersions', { stateMachineArn });
    return answer.stateMachineVersions;
  },

  async aliases(stateMachineArn: string): Promise<{ stateMachineAliasArn: string; creationDate: number }[]> {
    const answer = await call<{ stateMachineAliases: { stateMachineAliasArn: string; creationDate: number }[] }>('ListStateMachineAliases', { stateMachineArn });
    return answer.stateMachineAliases;
  },

  update: (stateMachineArn: string, definition: string): Promise<object> =>
    call('UpdateStateMachine', { stateMachineArn, definition }),
};
