import type { JSX } from 'preact';
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { HistoryEvent } from '../api/types';
import { ExecutionView, type ExportedHistory } from '../execution/View';
import { readDefinition, type Definition } from '../model/definition';
import { Events } from '../model/events';
import { Button, Problem } from '../ui/basic';
import { Icon } from '../ui/icons';

interface Imported {
  file: ExportedHistory;
  definition: Definition | null;
  events: Events;
}

/** The history that is open stays so while one looks at other pages. */
const imported = signal<Imported | null>(null);

function isEvent(value: unknown): value is HistoryEvent {
  const event = value as Partial<HistoryEvent> | null;
  return typeof event === 'object' && event !== null && typeof event.id === 'number' && typeof event.type === 'string' && typeof event.previousEventId === 'number';
}

/** A time in seconds, from a number or from the text that other tools write. */
function seconds(value: unknown): number {
  return typeof value === 'number' ? value : Date.parse(String(value)) / 1000;
}

/** Reads an exported history, or what `aws stepfunctions get-execution-history` prints. */
export function readHistory(text: string): Imported {
  let raw: Partial<ExportedHistory>;
  try {
    raw = JSON.parse(text) as Partial<ExportedHistory>;
  } catch (problem) {
    throw new Error(`The file is no JSON: ${(problem as Error).message}`);
  }
  if (!Array.isArray(raw.events) || raw.events.length === 0 || !raw.events.every(isEvent)) {
    throw new Error('The file has no “events” of an execution. Export one with the button on its page, or save what “aws stepfunctions get-execution-history” prints.');
  }
  const events = raw.events
    .map((event): HistoryEvent => ({ ...event, timestamp: seconds(event.timestamp) }))
    .sort((a, b) => a.id - b.id);
  const gap = events.findIndex((event, at) => event.id !== at + 1);
  if (gap >= 0) {
    throw new Error(`Event ${gap + 1} is missing: the file must hold the whole history, from the first event on.`);
  }
  const last = events.at(-1);
  const status = /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.exec(last?.type ?? '')?.[1];
  const statuses = { Succeeded: 'SUCCEEDED', Failed: 'FAILED', Aborted: 'ABORTED', TimedOut: 'TIMED_OUT' } as const;
  const details = (kind: string): Record<string, string> =>
    ((events.find((event) => event.type === kind) ?? {}) as Record<string, Record<string, string>>)[`${kind.charAt(0).toLowerCase()}${kind.slice(1)}EventDetails`] ?? {};
  const input = details('ExecutionStarted')['input'];
  const file: ExportedHistory = {
    format: 'reprise-history/1',
    execution: raw.execution ?? {
      executionArn: 'imported',
      stateMachineArn: 'imported',
      name: 'Imported history',
      status: status === undefined ? 'RUNNING' : statuses[status as keyof typeof statuses],
      startDate: events[0]?.timestamp ?? 0,
      ...(status === undefined || last === undefined ? {} : { stopDate: last.timestamp }),
      ...(input === undefined ? {} : { input }),
    },
    stateMachine: raw.stateMachine ?? {
      stateMachineArn: 'imported',
      name: 'imported',
      type: 'STANDARD',
      status: 'ACTIVE',
      definition: '{}',
      creationDate: 0,
    },
    events,
  };
  const definition = readDefinition(file.stateMachine.definition);
  return { file, definition: definition !== null && definition.states.size > 0 ? definition : null, events: Events.of(definition, events) };
}

export function ImportPage(): JSX.Element {
  const [problem, setProblem] = useState<Error | null>(null);
  const [over, setOver] = useState(false);
  const take = async (file: File | undefined | null): Promise<void> => {
    if (file === undefined || file === null) {
      return;
    }
    try {
      imported.value = readHistory(await file.text());
      setProblem(null);
    } catch (refused) {
      setProblem(refused as Error);
    }
  };
  const shown = imported.value;
  if (shown !== null) {
    return (
      <>
        <div class="strip-note">
          <span>
            An imported history: what is shown was so when it was exported, and nothing can be done about it from here.
          </span>
          <Button kind="quiet" icon="close" onClick={() => (imported.value = null)}>
            Close it
          </Button>
        </div>
        <ExecutionView execution={shown.file.execution} machine={shown.file.stateMachine} definition={shown.definition} events={shown.events} live={false} />
      </>
    );
  }
  return (
    <div class="page narrow">
      <div class="head">
        <div>
          <h1>Import a history</h1>
          <p class="muted">Somebody else’s execution, opened without their table. The file is read in this browser and sent nowhere.</p>
        </div>
      </div>
      <label
        class={`drop panel ${over ? 'over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer?.files[0]);
        }}
      >
        <Icon name="upload" />
        <strong>Drop a file here, or choose one</strong>
        <span class="muted">“Export” on an execution’s page writes one; what “aws stepfunctions get-execution-history” prints is read too.</span>
        <input type="file" accept="application/json,.json" onChange={(event) => void take(event.currentTarget.files?.[0])} />
      </label>
      {problem !== null && <Problem problem={problem} />}
    </div>
  );
}
