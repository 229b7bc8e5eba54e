import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { api, own } from '../api/client';
import { nameOfArn } from '../model/format';
import { pretty } from '../model/json';
import { remember, remembered } from '../preferences';
import { go, href, query } from '../router';
import { Button, ButtonLink, Problem } from '../ui/basic';
import { JsonField } from '../ui/JsonField';

const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/u;

/** What is wrong with an execution's name; null when nothing is. */
function nameFault(name: string): string | null {
  return name === '' || NAME.test(name) ? null : 'One to 80 characters, without spaces and without any of < > { } [ ] ? * " # % \\ ^ | ~ ` $ & , ; : /';
}

interface Source {
  from: string;
  text: string;
}

/** Where the first input comes from: an earlier run, what was typed last, the sample beside the workflow. */
export async function firstInput(arn: string, from: string | null): Promise<Source> {
  if (from !== null) {
    const execution = await api.execution(from);
    return { from: `from ${execution.name}`, text: pretty(execution.input ?? '{}') };
  }
  const typed = remembered(`input.${arn}`);
  if (typed !== null) {
    return { from: 'as you left it', text: typed };
  }
  try {
    const sample = await own<{ input?: string }>(`sample?workflow=${encodeURIComponent(nameOfArn(arn))}`);
    if (typeof sample.input === 'string') {
      return { from: 'the sample beside the workflow', text: sample.input };
    }
  } catch {
    // An endpoint without samples.
  }
  return { from: '', text: '{\n}' };
}

export function StartPage({ arn }: { arn: string }): JSX.Element {
  const from = query.value.get('from');
  const [input, setInput] = useState<string | null>(null);
  const [source, setSource] = useState('');
  const [name, setName] = useState('');
  const [valid, setValid] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);

  useEffect(() => {
    firstInput(arn, from).then(
      (first) => {
        setSource(first.from);
        setInput(first.text);
      },
      (failed: Error) => {
        setProblem(failed);
        setInput('{\n}');
      },
    );
  }, [arn, from]);

  const fault = nameFault(name);
  const start = async (): Promise<void> => {
    if (input === null || fault !== null || !valid) {
      return;
    }
    setBusy(true);
    setProblem(null);
    remember(`input.${arn}`, input);
    try {
      const { executionArn } = await api.start(arn, name, input);
      go(href(['executions', executionArn]));
    } catch (refused) {
      setProblem(refused as Error);
      setBusy(false);
    }
  };
  return (
    <div class="page narrow">
      <div class="head">
        <div>
          <h1>Start {nameOfArn(arn)}</h1>
          {source !== '' && <p class="muted">The input is {source}.</p>}
        </div>
      </div>
      <form
        class="panel padded form"
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void start();
          }
        }}
      >
        <label class="field">
          <span>Name</span>
          <input value={name} maxLength={80} placeholder="Left empty, it gets one" aria-invalid={fault !== null} onInput={(event) => setName(event.currentTarget.value)} />
          <small class={fault === null ? '' : 'fault'}>{fault ?? 'The same name with the same input never runs twice.'}</small>
        </label>
        {input !== null && <JsonField label="Input" value={input} onChange={setInput} onValid={setValid} rows={16} />}
        {problem !== null && <Problem problem={problem} />}
        <footer>
          <span class="muted">Ctrl + Enter starts</span>
          <ButtonLink href={href(['machines', arn])}>Cancel</ButtonLink>
          <Button type="submit" kind="primary" icon="play" busy={busy} disabled={input === null || !valid || fault !== null}>
            Start
          </Button>
        </footer>
      </form>
    </div>
  );
}
