import type { JSX } from 'preact';
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { ExecutionView } from '../execution/View';
import { readDefinition, type Definition } from '../model/definition';
import { Events } from '../model/events';
import { readHistory, type ExportedHistory } from '../model/exported';
import { Button, Problem } from '../ui/basic';
import { Icon } from '../ui/icons';

interface Imported {
  file: ExportedHistory;
  definition: Definition | null;
  events: Events;
}

/** The history that is open stays so while one looks at other pages. */
const imported = signal<Imported | null>(null);

function opened(text: string): Imported {
  const file = readHistory(text);
  const read = readDefinition(file.stateMachine.definition);
  const definition = read !== null && read.states.size > 0 ? read : null;
  return { file, definition, events: Events.of(definition, file.events) };
}

export function ImportPage(): JSX.Element {
  const [problem, setProblem] = useState<Error | null>(null);
  const [over, setOver] = useState(false);
  const take = async (file: File | undefined | null): Promise<void> => {
    if (file === undefined || file === null) {
      return;
    }
    try {
      imported.value = opened(await file.text());
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
        <strong>Drop a history here</strong>
        <span class="muted">“Export” on an execution’s page writes one; what “aws stepfunctions get-execution-history” prints is read too.</span>
        <span class="button">Choose a file</span>
        <input class="hidden" type="file" accept="application/json,.json" onChange={(event) => void take(event.currentTarget.files?.[0])} />
      </label>
      {problem !== null && <Problem problem={problem} />}
    </div>
  );
}
