import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/client';
import type { ExecutionItem } from '../api/types';
import { count, counted } from '../model/format';
import { Button, Dialog, say } from '../ui/basic';

/** What is to be done with many executions at once. */
export interface Many {
  what: 'stop' | 'redrive';
  items: ExecutionItem[];
}

/** Requests under way at once. */
const ABREAST = 6;

/** Says what will happen to which executions, does it, and tells what could not be done. */
export function ManyDialog({ many, onClose }: { many: Many; onClose: (done: boolean) => void }): JSX.Element {
  const { what, items } = many;
  const fitting = items.filter((item) => (what === 'stop' ? item.status === 'RUNNING' : ['FAILED', 'TIMED_OUT', 'ABORTED'].includes(item.status)));
  const others = items.length - fitting.length;
  const [done, setDone] = useState(0);
  const [failed, setFailed] = useState<string[]>([]);
  const [state, setState] = useState<'asking' | 'doing' | 'done'>('asking');

  const closed = useRef(false);
  useEffect(() => () => void (closed.current = true), []);

  const carryOut = async (): Promise<void> => {
    setState('doing');
    const left = [...fitting];
    const problems: string[] = [];
    const worker = async (): Promise<void> => {
      for (let item = left.shift(); item !== undefined && !closed.current; item = left.shift()) {
        try {
          await (what === 'stop' ? api.stop(item.executionArn, '', 'Stopped from the console') : api.redrive(item.executionArn));
        } catch (problem) {
          problems.push(`${item.name}: ${(problem as Error).message}`);
        }
        setDone((before) => before + 1);
      }
    };
    await Promise.all(Array.from({ length: ABREAST }, worker));
    if (closed.current) {
      return;
    }
    setFailed(problems);
    setState('done');
    if (problems.length === 0) {
      say(`${what === 'stop' ? 'Stopped' : 'Redrove'} ${counted(fitting.length, 'execution')}`);
      onClose(true);
    }
  };

  const verb = what === 'stop' ? 'Stop' : 'Redrive';
  return (
    <Dialog title={`${verb} ${counted(fitting.length, 'execution')}`} onClose={() => onClose(state !== 'asking')}>
      <p>
        {fitting.length === 0
          ? what === 'stop'
            ? 'None of those that you chose is running, so there is nothing to stop.'
            : 'None of those that you chose has failed, timed out or been aborted, so there is nothing to redrive.'
          : what === 'stop'
            ? `${counted(fitting.length, 'running execution')} will be aborted. What they have done stays done; they can be redriven later.`
            : `${counted(fitting.length, 'execution')} will go on from where ${fitting.length === 1 ? 'it' : 'each'} failed. What succeeded before is not run again.`}
      </p>
      {others > 0 && fitting.length > 0 && (
        <p class="muted">
          {counted(others, 'other')} of those that you chose {others === 1 ? 'is' : 'are'} left alone: {what === 'stop' ? 'not running' : 'running or succeeded'}.
        </p>
      )}
      <ul class="names">
        {fitting.slice(0, 8).map((item) => (
          <li key={item.executionArn}>{item.name}</li>
        ))}
        {fitting.length > 8 && <li class="muted">and {count(fitting.length - 8)} more</li>}
      </ul>
      {failed.length > 0 && (
        <div role="alert" class="failures">
          <strong>{counted(failed.length, 'request')} failed</strong>
          {failed.slice(0, 10).map((each) => (
            <p key={each}>{each}</p>
          ))}
        </div>
      )}
      <footer>
        {state === 'doing' && (
          <span class="muted">
            {count(done)} of {count(fitting.length)}
          </span>
        )}
        <Button onClick={() => onClose(state !== 'asking')}>{state === 'done' ? 'Close' : state === 'doing' ? 'Leave the rest' : 'Cancel'}</Button>
        {state !== 'done' && fitting.length > 0 && (
          <Button kind={what === 'stop' ? 'danger' : 'primary'} busy={state === 'doing'} onClick={() => void carryOut()}>
            {verb}
          </Button>
        )}
      </footer>
    </Dialog>
  );
}
