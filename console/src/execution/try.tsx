import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api } from '../api/client';
import type { StateTest } from '../api/types';
import type { Definition } from '../model/definition';
import { pretty } from '../model/json';
import { Badge, Button, Dialog, Problem } from '../ui/basic';
import { Json } from '../ui/Json';
import { JsonField } from '../ui/JsonField';
import { TITLES } from './stages';

const SAYINGS = {
  SUCCEEDED: { status: 'ok', word: 'Succeeded' },
  FAILED: { status: 'fail', word: 'Failed' },
  RETRIABLE: { status: 'wait', word: 'Would be tried again' },
  CAUGHT_ERROR: { status: 'warn', word: 'Failed, caught' },
} as const;

/** Tries one state with an input, and the result that its task is to have, without running anything else. */
export function TryDialog({ definition, state, input, result, onClose }: {
  definition: Definition;
  state: string;
  input: string;
  result: string | null;
  onClose: () => void;
}): JSX.Element {
  const type = definition.states.get(state)?.type;
  const mocked = type === 'Task' || type === 'Map' || type === 'Parallel';
  const [given, setGiven] = useState(pretty(input));
  const [mock, setMock] = useState(pretty(result ?? '{}'));
  const [valid, setValid] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const [test, setTest] = useState<StateTest | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      setTest(
        await api.testState({
          definition: definition.source,
          stateName: state,
          input: given,
          inspectionLevel: 'TRACE',
          roleArn: 'arn:aws:iam::000000000000:role/console',
          ...(mocked ? { mock: { result: mock, fieldValidationMode: 'NONE' } } : {}),
        }),
      );
    } catch (refused) {
      setProblem(refused as Error);
    }
    setBusy(false);
  };
  return (
    <Dialog title={`Try ${state}`} onClose={onClose} wide>
      <div class="try">
        <div>
          <JsonField label="Input" value={given} onChange={setGiven} onValid={setValid} rows={9} />
          {mocked && <JsonField label="Result of its task" hint="Nothing is called: the task has this result." value={mock} onChange={setMock} onValid={setValid} rows={6} />}
        </div>
        <div class="try-result" aria-live="polite">
          {problem !== null && <Problem problem={problem} />}
          {test === null ? (
            problem === null && <p class="muted">What the state makes of it shows up here.</p>
          ) : (
            <>
              <p>
                <Badge saying={SAYINGS[test.status]} />
                {test.nextState !== undefined && <span class="muted"> goes on to {test.nextState}</span>}
              </p>
              {test.error !== undefined && (
                <div class="error-box">
                  <strong>{test.error}</strong>
                  <p>{test.cause}</p>
                </div>
              )}
              {test.output !== undefined && <Json title="Output" text={test.output} />}
              {[...TITLES, ['variables', 'Variables'] as const].map(([name, title]) => {
                const value = name === 'input' ? undefined : test.inspectionData?.[name];
                return (
                  value !== undefined && (
                    <details key={name}>
                      <summary>{title}</summary>
                      <Json title={title} text={value} />
                    </details>
                  )
                );
              })}
            </>
          )}
        </div>
      </div>
      <footer>
        <Button onClick={onClose}>Close</Button>
        <Button kind="primary" icon="flask" busy={busy} disabled={!valid} onClick={() => void run()}>
          Try
        </Button>
      </footer>
    </Dialog>
  );
}
