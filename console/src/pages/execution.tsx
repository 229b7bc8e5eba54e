import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, type ApiError } from '../api/client';
import { useRefresh } from '../api/live';
import type { Execution, StateMachine } from '../api/types';
import { ExecutionView } from '../execution/View';
import { readDefinition, type Definition } from '../model/definition';
import { Events } from '../model/events';
import { Problem, Skeleton } from '../ui/basic';

interface Opened {
  machine: StateMachine;
  definition: Definition | null;
  events: Events;
}

/** How often a running execution is asked after when the endpoint does not tell of changes by itself. */
const EVERY_SECONDS = 1;

/** One execution, followed live until its end. */
export function ExecutionPage({ arn }: { arn: string }): JSX.Element {
  const [execution, setExecution] = useState<Execution | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const abort = useRef(new AbortController());

  const open = async (): Promise<void> => {
    setProblem(null);
    abort.current.abort();
    abort.current = new AbortController();
    const { signal } = abort.current;
    try {
      // Both at once: neither needs the other's answer.
      const [described, machine] = await Promise.all([api.execution(arn), api.stateMachineOf(arn)]);
      const definition = readDefinition(machine.definition);
      const events = new Events(definition, (options, stop) => api.history(arn, options, stop));
      await events.open(signal);
      if (!signal.aborted) {
        setExecution(described);
        setOpened({ machine, definition, events });
        await events.readAll(signal);
      }
    } catch (failed) {
      if (!signal.aborted) {
        setProblem(failed as Error);
      }
    }
  };

  useEffect(() => {
    void open();
    return () => abort.current.abort();
  }, [arn]);

  const refresh = async (): Promise<void> => {
    const { signal } = abort.current;
    if (opened === null) {
      if (problem !== null) {
        await open();
      }
      return;
    }
    try {
      const described = await api.execution(arn);
      await opened.events.refresh(signal);
      if (!signal.aborted) {
        setExecution(described);
        setProblem(null);
      }
    } catch (failed) {
      // That nothing answers is said for all pages; what was there stays.
      if (!signal.aborted && !(failed as ApiError).unreachable) {
        setProblem(failed as Error);
      }
    }
  };

  const over = execution !== null && execution.status !== 'RUNNING' && opened?.events.run.end !== null;
  useRefresh(refresh, over && problem === null ? 15 : EVERY_SECONDS, (changed) => changed === '' || changed === arn);

  return useMemo(() => {
    if (execution === null || opened === null) {
      return <div class="page">{problem === null ? <Skeleton rows={10} /> : <Problem problem={problem} onRetry={() => void open()} />}</div>;
    }
    return <ExecutionView execution={execution} {...opened} problem={problem} live onChange={refresh} />;
  }, [execution, opened, problem]);
}
