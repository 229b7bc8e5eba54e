import { signal } from '@preact/signals';

/** An expression of JSONata, as it stands in a string of a definition. */
export interface Expression {
  /** The whole string, with its delimiters. */
  text: string;
  line: number;
}

/** The expression in which the cursor of the editor stands. */
export const current = signal<Expression | null>(null);

/** The string between whose quotes the cursor stands, when it is a value and an expression. A string of JSON ends in the line in which it begins. */
export function expressionAt(line: string, cursor: number): string | null {
  for (const { index, 0: found, 1: string = '', 2: colon } of line.matchAll(/("(?:[^"\\]|\\.)*")\s*(:?)/g)) {
    if (found !== '' && index < cursor && cursor < index + string.length) {
      try {
        const text = JSON.parse(string) as string;
        return colon === '' && text.length > 3 && text.startsWith('{%') && text.endsWith('%}') ? text : null;
      } catch {
        return null;
      }
    }
  }
  return null;
}

/** What an expression is tried on, as JSON, by the name that it has there. */
export type Given = Record<'$states.input' | '$states.result' | '$states.errorOutput' | '$states.context' | 'Variables', string>;

/** What is to be given for an expression: its input and the variables always, the rest when it names it. */
export function givenFor(expression: string): (keyof Given)[] {
  const named = (['$states.result', '$states.errorOutput', '$states.context'] as const).filter((name) => expression.includes(name));
  return ['$states.input', ...named, 'Variables'];
}

/** Asks `TestState` for an expression: as the output of a task that gives what is given, or of the catcher of one that fails so. */
export function trial(expression: string, given: Given): object {
  const names = givenFor(expression);
  const output = { Output: expression };
  const fails = names.includes('$states.errorOutput');
  const failure = fails ? (JSON.parse(given['$states.errorOutput']) as { Error?: unknown; Cause?: unknown } | null) : null;
  return {
    definition: JSON.stringify({
      Type: 'Task',
      QueryLanguage: 'JSONata',
      Resource: 'task:try.waitForTaskToken',
      End: true,
      ...(fails ? { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Next', ...output }] } : output),
    }),
    input: given['$states.input'],
    variables: given.Variables,
    mock: fails
      ? { errorOutput: { error: failure?.Error, cause: failure?.Cause } }
      : { result: names.includes('$states.result') ? given['$states.result'] : '{}', fieldValidationMode: 'NONE' },
    ...(names.includes('$states.context') ? { context: given['$states.context'] } : {}),
  };
}

/** What went wrong, without what only tells of the state that was made for the trial. */
export function plainly(words: string): string {
  const refused = /^Invalid State Machine Definition: '([^]*)'$/.exec(words)?.[1];
  return (
    refused?.replace(/[A-Z]+_JSONATA_EXPRESSION: | at \/States\/StateName[\w/]*/g, '') ??
    words.replace(/^The JSONata expression '[^]*' specified for the field '[^']*' (threw an error during evaluation[.:] )?/, '')
  );
}
