import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, ApiError, info as infoOf, own } from '../api/client';
import type { Problem as Found } from '../api/types';
import type { EditorHandle } from '../editor/editor';
import { Graph } from '../graph/Graph';
import { readDefinition, type Definition } from '../model/definition';
import { counted, nameOfArn } from '../model/format';
import { pretty } from '../model/json';
import { theme } from '../preferences';
import { href } from '../router';
import { useAsked } from '../ui/asked';
import { Button, ButtonLink, Problem, say, Skeleton } from '../ui/basic';
import { StatusIcon } from '../ui/icons';
import { later } from '../ui/later';

const Trial = later<{ arn: string }>(() => import('../editor/editor').then((part) => part.Trial));

/** How long after the last key the endpoint is asked what it thinks. */
const PAUSE = 250;

/** The state that a place in the document belongs to, the innermost one. */
export function stateAt(location: string): string | null {
  const names = [...location.matchAll(/\/States\/([^/]+)/g)].map((match) => (match[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.at(-1) ?? null;
}

/** The editor itself comes when it is needed: it is larger than all the rest. */
export function CodeEditor(properties: { text: string; problems: Found[]; onChange: (text: string) => void; handle: { current: EditorHandle | null }; onSave: () => void }): JSX.Element {
  const { text, problems, onChange, handle, onSave } = properties;
  const place = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [ready, setReady] = useState(false);
  const latest = useRef({ onChange, onSave });
  latest.current = { onChange, onSave };
  useEffect(() => {
    let over = false;
    import('../editor/editor').then(
      ({ createEditor }) => {
        if (!over && place.current !== null) {
          handle.current = createEditor(place.current, text, theme.value, {
            onChange: (next) => latest.current.onChange(next),
            onSave: () => latest.current.onSave(),
          });
          setReady(true);
        }
      },
      () => setFailure('The editor could not be loaded. Load the page again.'),
    );
    return () => {
      over = true;
      handle.current?.destroy();
      handle.current = null;
    };
  }, []);
  useEffect(() => handle.current?.show(problems), [problems, ready]);
  useEffect(() => handle.current?.setTheme(theme.value), [theme.value, ready]);
  return (
    <div class="editor" ref={place}>
      {failure !== null && <p role="alert">{failure}</p>}
    </div>
  );
}

interface Checked {
  problems: Found[];
  errors: Found[];
  /** What is wrong, by state. */
  byState: Map<string, string>;
  /** What can be drawn of it; the last that could, when the text is no JSON. */
  drawn: Definition | null;
  checking: boolean;
  refused: Error | null;
}

/** What the endpoint thinks of a definition that is being typed. */
export function useChecked(text: string | null): Checked {
  const [found, setFound] = useState<{ of: string | null; problems: Found[]; refused: Error | null }>({ of: null, problems: [], refused: null });
  const [drawn, setDrawn] = useState<Definition | null>(null);
  useEffect(() => {
    if (text === null) {
      return;
    }
    const read = readDefinition(text);
    if (read !== null) {
      setDrawn(read);
    }
    const timer = setTimeout(() => {
      api.validate(text).then(
        (problems) => setFound({ of: text, problems, refused: null }),
        (refused: Error) => setFound((before) => ({ ...before, of: text, refused })),
      );
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  const { problems, refused } = found;
  const byState = useMemo(() => {
    const map = new Map<string, string>();
    for (const problem of problems) {
      const state = stateAt(problem.location ?? '');
      if (state !== null && problem.severity === 'ERROR') {
        map.set(state, problem.message);
      }
    }
    return map;
  }, [problems]);
  return { problems, errors: problems.filter((problem) => problem.severity === 'ERROR'), byState, drawn, checking: found.of !== text, refused };
}

export function Problems({ problems, checking, onChoose }: { problems: Found[]; checking: boolean; onChoose: (problem: Found) => void }): JSX.Element {
  const wrong = problems.some((problem) => problem.severity === 'ERROR');
  return (
    <div class="problems" role="status" aria-live="polite">
      <p class="problems-head">
        <StatusIcon status={checking ? 'run' : wrong ? 'fail' : problems.length > 0 ? 'warn' : 'ok'} />
        {checking ? 'Checking…' : problems.length === 0 ? 'No problems' : counted(problems.length, 'problem')}
      </p>
      {problems.length > 0 && (
        <ul>
          {problems.map((problem, at) => (
            <li key={at}>
              <button type="button" onClick={() => onChoose(problem)}>
                <StatusIcon status={problem.severity === 'ERROR' ? 'fail' : 'warn'} />
                <span>{problem.message}</span>
                <span class="mono muted">{problem.location}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function EditPage({ arn }: { arn: string }): JSX.Element {
  const asked = useAsked(arn, () => api.stateMachine(arn));
  const info = useAsked('info', infoOf);
  const [text, setText] = useState<string | null>(null);
  const [saved, setSaved] = useState('');
  const [busy, setBusy] = useState(false);
  const [inFile, setInFile] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const handle = useRef<EditorHandle | null>(null);
  const name = nameOfArn(arn);
  const { problems, errors, byState, drawn, checking, refused } = useChecked(text);

  useEffect(() => {
    if (asked.value === null || info.value === null || text !== null) {
      return;
    }
    const show = (first: string): void => {
      setText(first);
      setSaved(first);
    };
    const stored = pretty(asked.value.definition);
    if (info.value.savesFiles === true) {
      // The file as it stands, with the tokens that the stored definition has values for.
      own<{ definition?: string }>(`workflow?workflow=${encodeURIComponent(name)}`).then(
        (file) => {
          setInFile(file.definition !== undefined);
          show(file.definition ?? stored);
        },
        (refused: Error) => setFailure(refused),
      );
    } else {
      show(stored);
    }
  }, [asked.value, info.value]);

  const dirty = text !== null && text !== saved;
  useEffect(() => {
    if (!dirty) {
      return;
    }
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [dirty]);

  const save = async (): Promise<void> => {
    if (text === null || errors.length > 0) {
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      if (inFile) {
        const { file } = await own<{ file: string }>('workflow', {
          method: 'PUT',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ workflow: name, definition: text }),
        });
        say(`Wrote ${file}`);
      } else {
        await api.update(arn, text);
        say(`Saved ${name}`);
      }
      setSaved(text);
    } catch (refused) {
      setFailure(refused instanceof ApiError ? refused : new Error(String(refused)));
    }
    setBusy(false);
  };

  return (
    <div class="page full">
      <div class="head">
        <div>
          <h1>
            <span>Edit {name}</span>
            {dirty && <span class="tag">not saved</span>}
          </h1>
          <p class="muted">
            {inFile ? 'Saving writes the workflow file; the next run takes it as it is then.' : 'Saving updates the state machine. Executions under way keep the definition with which they began.'}
          </p>
        </div>
        <div class="head-tools">
          <ButtonLink href={href(['machines', arn])}>Back</ButtonLink>
          <ButtonLink href={href(['machines', arn, 'start'])} icon="play">
            Start
          </ButtonLink>
          <Button kind="primary" busy={busy} disabled={!dirty || errors.length > 0 || checking} title={errors.length > 0 ? 'Mend what is wrong first' : 'Ctrl + S'} onClick={() => void save()}>
            Save
          </Button>
        </div>
      </div>
      {asked.problem !== null && <Problem problem={asked.problem} onRetry={() => void asked.again()} />}
      {(failure ?? refused) !== null && <Problem problem={(failure ?? refused) as Error} />}
      {text === null ? (
        asked.problem === null && <Skeleton rows={10} />
      ) : (
        <div class="split panel tall even">
          <div class="edit-side">
            <CodeEditor text={text} problems={problems} onChange={setText} handle={handle} onSave={() => void save()} />
            <Problems
              problems={problems}
              checking={checking}
              onChoose={(problem) => {
                handle.current?.goTo(problem.location ?? '');
                setChosen(stateAt(problem.location ?? ''));
              }}
            />
            {text.includes('{%') && <Trial arn={arn} />}
          </div>
          {drawn === null ? (
            <p class="muted padded">The graph shows up once the text is JSON.</p>
          ) : (
            <Graph
              definition={drawn}
              tallies={null}
              taken={null}
              chosen={chosen}
              problems={byState}
              onChoose={(state) => {
                setChosen(state);
                const pointer = state === null ? undefined : drawn.states.get(state)?.pointer;
                if (pointer !== undefined) {
                  handle.current?.goTo(pointer);
                }
              }}
              name={name}
            />
          )}
        </div>
      )}
    </div>
  );
}
