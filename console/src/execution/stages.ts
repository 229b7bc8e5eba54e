import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/client';
import type { InspectionData } from '../api/types';
import type { Definition } from '../model/definition';
import type { Events } from '../model/events';
import { detailsOf } from '../model/row';
import type { Visit } from '../model/visit';

interface Stage {
  id: string;
  title: string;
  text: string;
  /** Worked out again by the endpoint rather than read in the history. */
  computed: boolean;
}

export interface Flow {
  stages: Stage[];
  variables: string | null;
  loaded: boolean;
}

/** What the endpoint works out, in the order in which a state does it. */
export const TITLES: [keyof InspectionData, string][] = [
  ['input', 'Input'],
  ['afterInputPath', 'After InputPath'],
  ['afterParameters', 'After Parameters'],
  ['afterArguments', 'Arguments'],
  ['result', 'Result'],
  ['afterResultSelector', 'After ResultSelector'],
  ['afterResultPath', 'After ResultPath'],
];

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** What a history tells of a state's data. */
async function told(events: Events, visit: Visit): Promise<{ input: string | null; task: string | null; result: string | null; output: string | null; variables: string | null }> {
  const read = async (id: number | null | undefined): Promise<Record<string, unknown>> => {
    const event = id === null || id === undefined ? undefined : await events.find(id);
    return event === undefined ? {} : detailsOf(event);
  };
  const attempt = visit.attempts.at(-1);
  const [entered, scheduled, ended, exited] = await Promise.all([
    read(visit.id),
    read(attempt?.event),
    read(attempt?.outcome === 'succeeded' ? attempt.end : null),
    read(visit.exit),
  ]);
  const assigned = exited['assignedVariables'];
  return {
    input: text(entered['input']),
    task: text(scheduled['parameters']) ?? text(scheduled['input']),
    result: text(ended['output']),
    output: text(exited['output']),
    variables:
      typeof assigned === 'object' && assigned !== null
        ? `{${Object.entries(assigned as Record<string, string>)
            .map(([name, value]) => `${JSON.stringify(name)}:${value}`)
            .join(',')}}`
        : null,
  };
}

/** The stages in between, which no history tells: the endpoint tries the state again, with the result that it had. */
async function worked(definition: Definition, visit: Visit, input: string, result: string | null): Promise<InspectionData> {
  const test = await api.testState({
    definition: definition.source,
    stateName: visit.state,
    input,
    inspectionLevel: 'TRACE',
    roleArn: 'arn:aws:iam::000000000000:role/console',
    ...(result === null ? {} : { mock: { result, fieldValidationMode: 'NONE' } }),
  });
  return test.inspectionData ?? {};
}

/** Every stage of a state's data that can be known. */
export function useFlow(events: Events, definition: Definition | null, visit: Visit | null, version: number): Flow {
  const [flow, setFlow] = useState<{ of: string; flow: Flow }>({ of: '', flow: { stages: [], variables: null, loaded: false } });
  const key = visit === null ? '' : `${visit.id} ${visit.exit} ${visit.attempts.length} ${visit.last} ${visit.status}`;
  useEffect(() => {
    if (visit === null) {
      return;
    }
    let current = true;
    const show = (stages: Stage[], variables: string | null): void => {
      if (current) {
        setFlow({ of: key, flow: { stages, variables, loaded: true } });
      }
    };
    void (async () => {
      const data = await told(events, visit);
      const stages: Stage[] = [];
      const add = (id: string, title: string, value: string | null | undefined, computed: boolean): void => {
        if (value !== null && value !== undefined) {
          stages.push({ id, title, text: value, computed });
        }
      };
      add('input', 'Input', data.input, false);
      add('task', 'Task input', data.task, false);
      add('result', 'Result', data.result, false);
      add('output', 'Output', data.output, false);
      show(stages, data.variables);
      const tried = definition !== null && data.input !== null && (visit.type === 'Pass' || (visit.type === 'Task' && data.result !== null));
      if (!tried || !current) {
        return;
      }
      try {
        const inspection = await worked(definition, visit, data.input ?? '{}', data.result);
        const more: Stage[] = [];
        for (const [id, title] of TITLES) {
          const value = inspection[id];
          if (value !== undefined && id !== 'input' && id !== 'result') {
            more.push({ id, title, text: value, computed: true });
          }
        }
        const before = more.filter((stage) => ['afterInputPath', 'afterParameters', 'afterArguments'].includes(stage.id));
        const after = more.filter((stage) => !before.includes(stage));
        const by = (id: string): Stage[] => stages.filter((stage) => stage.id === id);
        show([...by('input'), ...before, ...by('task'), ...by('result'), ...after, ...by('output')], data.variables);
      } catch {
        // An endpoint that cannot try states: what the history tells is shown all the same.
      }
    })();
    return () => {
      current = false;
    };
  }, [key, version > 0]);
  return flow.of === key ? flow.flow : { stages: [], variables: null, loaded: false };
}
