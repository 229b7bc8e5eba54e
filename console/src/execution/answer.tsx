import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api } from '../api/client';
import { Button, Dialog, Problem, say, Tabs } from '../ui/basic';
import { JsonField } from '../ui/JsonField';

/** Answers a task that waits for somebody outside, as that somebody would. */
export function AnswerDialog({ state, token, onClose }: { state: string; token: string; onClose: () => void }): JSX.Element {
  const [way, setWay] = useState<'success' | 'failure'>('success');
  const [output, setOutput] = useState('{\n  "approved": true\n}');
  const [valid, setValid] = useState(true);
  const [error, setError] = useState('');
  const [cause, setCause] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await (way === 'success' ? api.taskSuccess(token, output) : api.taskFailure(token, error, cause));
      say(way === 'success' ? `${state} was answered` : `${state} was failed`);
      onClose();
    } catch (refused) {
      setProblem(refused as Error);
      setBusy(false);
    }
  };
  return (
    <Dialog title={`Answer ${state}`} onClose={onClose}>
      <Tabs
        label="Answer"
        tabs={[
          { id: 'success', label: 'Succeed' },
          { id: 'failure', label: 'Fail' },
        ]}
        chosen={way}
        panel="answer-panel"
        onChoose={setWay}
      />
      <div id="answer-panel" role="tabpanel" aria-labelledby={`answer-panel-tab-${way}`}>
        {way === 'success' ? (
          <JsonField label="Result of the task" value={output} onChange={setOutput} onValid={setValid} rows={8} />
        ) : (
          <>
            <label class="field">
              <span>Error</span>
              <input value={error} maxLength={256} placeholder="NotApproved" onInput={(event) => setError(event.currentTarget.value)} />
              <small>The name that retriers and catchers look at.</small>
            </label>
            <label class="field">
              <span>Cause</span>
              <textarea rows={4} value={cause} onInput={(event) => setCause(event.currentTarget.value)} />
            </label>
          </>
        )}
      </div>
      {problem !== null && <Problem problem={problem} />}
      <footer>
        <Button onClick={onClose}>Cancel</Button>
        <Button kind={way === 'success' ? 'primary' : 'danger'} busy={busy} disabled={way === 'success' && !valid} onClick={() => void send()}>
          {way === 'success' ? 'Send the result' : 'Fail the task'}
        </Button>
      </footer>
    </Dialog>
  );
}
