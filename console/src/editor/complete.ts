import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';

const STATE_FIELDS: Record<string, string[]> = {
  all: ['Type', 'Comment', 'Next', 'End', 'InputPath', 'OutputPath', 'Output', 'Assign', 'QueryLanguage'],
  Task: ['Resource', 'Arguments', 'Parameters', 'ResultPath', 'ResultSelector', 'Retry', 'Catch', 'TimeoutSeconds', 'HeartbeatSeconds', 'Credentials', 'Reprise'],
  Pass: ['Result', 'Parameters', 'ResultPath'],
  Choice: ['Choices', 'Default'],
  Wait: ['Seconds', 'Timestamp', 'SecondsPath', 'TimestampPath'],
  Fail: ['Error', 'Cause', 'ErrorPath', 'CausePath'],
  Map: ['Items', 'ItemsPath', 'ItemProcessor', 'ItemSelector', 'ItemReader', 'ItemBatcher', 'MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage', 'ResultWriter', 'Retry', 'Catch', 'ResultPath', 'ResultSelector', 'Label', 'Reprise'],
  Parallel: ['Branches', 'Arguments', 'Parameters', 'Retry', 'Catch', 'ResultPath', 'ResultSelector', 'Reprise'],
};

const MORE = ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy', 'Condition', 'StartAt', 'States', 'ProcessorConfig', 'Mode'];

const VALUES: Record<string, string[]> = {
  Type: ['Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail', 'Map', 'Parallel'],
  QueryLanguage: ['JSONata', 'JSONPath'],
  JitterStrategy: ['FULL', 'NONE'],
  Mode: ['INLINE', 'DISTRIBUTED'],
  ErrorEquals: ['States.ALL', 'States.TaskFailed', 'States.Timeout', 'States.HeartbeatTimeout', 'States.Permissions', 'States.DataLimitExceeded', 'States.QueryEvaluationError', 'States.ExceedToleratedFailureThreshold'],
};

/** The names of all states in a text, even while it is no JSON. */
function stateNames(text: string): string[] {
  const names = new Set<string>();
  for (const match of text.matchAll(/"((?:[^"\\]|\\.)+)"\s*:\s*\{\s*"(?:Type|Comment|QueryLanguage)"\s*:/g)) {
    names.add(match[1] ?? '');
  }
  return [...names];
}

function options(labels: string[], type: string): Completion[] {
  return labels.map((label) => ({ label, type }));
}

/** Offers fields, the names of states where one is to go on, and the values that a field knows. */
export function complete(context: CompletionContext): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const value = /"(\w+)"\s*:\s*(?:\[\s*(?:"[^"]*"\s*,\s*)*)?"([^"]*)$/.exec(before);
  if (value !== null) {
    const field = value[1] ?? '';
    const from = context.pos - (value[2]?.length ?? 0);
    if (field === 'Next' || field === 'StartAt' || field === 'Default') {
      return { from, options: options(stateNames(context.state.doc.toString()), 'variable') };
    }
    const known = VALUES[field];
    return known === undefined ? null : { from, options: options(known, 'enum') };
  }
  const key = /(?:^|[{,\s])"(\w*)$/.exec(before);
  if (key === null) {
    return null;
  }
  return {
    from: context.pos - (key[1]?.length ?? 0),
    options: options([...new Set([...Object.values(STATE_FIELDS).flat(), ...MORE])], 'property'),
  };
}
