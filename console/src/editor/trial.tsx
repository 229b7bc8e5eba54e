import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { call, type ApiError } from '../api/client';
import type { StateTest } from '../api/types';
import { nameOfArn } from '../model/format';
import { firstInput } from '../pages/start';
import { remember, remembered } from '../preferences';
import { Tabs } from '../ui/basic';
import { Icon, StatusIcon } from '../ui/icons';
import { Json } from '../ui/Json';
import { faultOf } from '../ui/JsonField';
import { current, givenFor, plainly, trial, type Given } from './expression';

/** How long after the last key an expression is tried. */
const PAUSE = 250;

/** After it an endpoint is asked again that was away. */
const AWAY = 2_000;

/** So many characters of a value are read out. */
const SPOKEN = 100;

interface Found {
  /** The request that this answers. */
  of: string;
  /** Where the expression stood that has this value. */
  line?: number;
  output?: string | undefined;
  problem?: string;
}

/** What the expression at the cursor gives for an input, as one types either. */
export function Trial({ arn }: { arn: string }): JSX.Element {
  const [open, setOpen] = useState(remembered('trial') !== 'closed');
  const [source, setSource] = useState('');
  const [chosen, setChosen] = useState<keyof Given>('$states.input');
  const [found, setFound] = useState<Found>({ of: '' });
  const [again, setAgain] = useState(0);
  const [given, setGiven] = useState<Given>(() => ({
    '$states.input': '{\n}',
    '$states.result': '{\n}',
    '$states.errorOutput': '{\n  "Error": "States.TaskFailed",\n  "Cause": ""\n}',
    '$states.context': JSON.stringify(
      { Execution: { Name: 'try', Input: {} }, StateMachine: { Name: nameOfArn(arn) }, State: { Name: 'Try', RetryCount: 0 }, Task: { Token: 'token' }, Map: { Item: { Index: 0, Value: {} } } },
      null,
      2,
    ),
    Variables: '{\n}',
  }));
  useEffect(() => {
    firstInput(arn, null).then(({ from, text }) => {
      setSource(from);
      setGiven((before) => ({ ...before, '$states.input': text }));
    });
  }, []);

  const here = current.value;
  const names = givenFor(here?.text ?? '');
  const shown = names.includes(chosen) ? chosen : '$states.input';
  const wrong = names.map((name) => ({ name, fault: faultOf(given[name]) })).find(({ fault }) => fault !== null);
  const request = !open || here === null || wrong !== undefined ? '' : JSON.stringify(trial(here.text, given));
  const line = here?.line ?? 0;
  useEffect(() => {
    if (request === '') {
      return;
    }
    const abort = new AbortController();
    const failed = (words: string): void => setFound({ of: request, problem: `Line ${line}: ${plainly(words)}` });
    let timer = setTimeout(() => {
      call<StateTest>('TestState', JSON.parse(request) as object, abort.signal).then(
        ({ status, output, error, cause }) => (status === 'FAILED' ? failed(cause || error || '') : setFound({ of: request, line, output })),
        (refused: ApiError) => {
          if (abort.signal.aborted) {
            return;
          }
          if (refused.unreachable) {
            setFound((before) => ({ ...before, of: request, problem: refused.message }));
            timer = setTimeout(() => setAgain(again + 1), AWAY);
          } else {
            failed(refused.message);
          }
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [request, line, again]);

  const { output } = found;
  const problem = wrong === undefined ? found.problem : `${wrong.name}${wrong.fault?.line == null ? '' : `, line ${wrong.fault.line}`}: ${wrong.fault?.text}`;
  const busy = request !== '' && found.of !== request;
  return (
    <section class="trial" aria-label="Try JSONata">
      <header>
        <button
          type="button"
          class="problems-head"
          aria-expanded={open}
          onClick={() => {
            remember('trial', open ? 'closed' : 'open');
            setOpen(!open);
          }}
        >
          <Icon name={open ? 'fold' : 'right'} />
          <StatusIcon status={!open || here === null ? 'none' : busy ? 'run' : problem === undefined ? 'ok' : 'fail'} />
          Try JSONata
        </button>
        {open && <Tabs label="What the expression is tried on" tabs={names.map((id) => ({ id, label: id }))} chosen={shown} panel="trial" onChoose={setChosen} />}
      </header>
      {open && (
        <div class="trial-body">
          <div id="trial" role="tabpanel" aria-labelledby={`trial-tab-${shown}`}>
            <textarea
              class="code"
              aria-label={shown}
              aria-invalid={wrong?.name === shown}
              spellcheck={false}
              value={given[shown]}
              onInput={(event) => {
                setGiven({ ...given, [shown]: event.currentTarget.value });
                setSource('');
              }}
            />
          </div>
          <div>
            <div role="status" aria-busy={busy}>
              {here === null ? (
                <p class="muted">
                  {'With the cursor in a string "{% … %}", what it gives stands here. $states is what the tabs hold: result, errorOutput and context have one where the expression names them.'}
                  {source !== '' && ` The input is ${source}.`}
                </p>
              ) : problem !== undefined ? (
                <p>{problem}</p>
              ) : (
                <span class="hidden">{output?.slice(0, SPOKEN)}</span>
              )}
            </div>
            {here !== null && output !== undefined && <Json title="Value" note={problem === undefined ? `of line ${found.line}` : 'before'} text={output} />}
          </div>
        </div>
      )}
    </section>
  );
}
