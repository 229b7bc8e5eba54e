import { describe, expect, it } from 'vitest';
import { expressionAt, givenFor, plainly, trial, type Given } from '../src/editor/expression.ts';

/** What is found at the bar in a line. */
function at(line: string): string | null {
  const cursor = line.indexOf('|');
  return expressionAt(line.slice(0, cursor) + line.slice(cursor + 1), cursor);
}

describe('the expression at the cursor', () => {
  it.each([
    ['"Output": "{% $states.in|put.a %}",', '{% $states.input.a %}'],
    ['"Output": "|{% 1 %}"', '{% 1 %}'],
    ['"Output": "{% 1 %}|"', '{% 1 %}'],
    ['"Output": "{%%|}"', '{%%}'],
    ['"{% a %}": "{% b| %}"', '{% b %}'],
    ['["{% 1 %}", "{% 2| %}", "{% 3 %}"]', '{% 2 %}'],
    [String.raw`"a": "{% \"x\" & |'}' %}", "b": "{% 2 %}"`, `{% "x" & '}' %}`],
    [String.raw`"a": "{% $split(x, '\\\\') |%}"`, String.raw`{% $split(x, '\\') %}`],
    [String.raw`"a": "{% (\n  1\n)| %}"`, '{% (\n  1\n) %}'],
    ['"a": "{% { \'b\': {|\'c\': {}} } %}"', "{% { 'b': {'c': {}} } %}"],
    ['"\\u007b% 1| %}"', '{% 1 %}'],
  ])('is found: %s', (line, text) => {
    expect(at(line)).toBe(text);
  });

  it.each([
    '|"Output": "{% 1 %}"',
    '"Out|put": "{% 1 %}"',
    '"Output": |"{% 1 %}"',
    '"Output": "{% 1 %}"|,',
    '"Output": "{% 1| "',
    '"Output": " {% 1| %}"',
    '"Output": "{%|}"',
    '"{% a| %}": 1',
    '"{% a| %}" : 1',
    '"Output": "{% \\q| %}"',
    '"Output": "{% 1| %}',
    '"$.a|"',
    '|',
  ])('is none: %s', (line) => {
    expect(at(line)).toBeNull();
  });
});

describe('a trial of an expression', () => {
  const given: Given = {
    '$states.input': '{"order": 12345678901234567890}',
    '$states.result': '[1]',
    '$states.errorOutput': '{"Error": "NoStock", "Cause": "none left"}',
    '$states.context': '{"Task": {"Token": "t"}}',
    Variables: '{"total": 7}',
  };
  const asked = (expression: string): Record<string, unknown> => {
    const { definition, ...rest } = trial(expression, given) as Record<string, unknown>;
    return { ...rest, definition: JSON.parse(String(definition)) };
  };
  const state = { Type: 'Task', QueryLanguage: 'JSONata', Resource: 'task:try.waitForTaskToken', End: true };

  it('gives its input as it was written, and the variables', () => {
    expect(asked('{% $total %}')).toEqual({
      definition: { ...state, Output: '{% $total %}' },
      input: given['$states.input'],
      variables: given.Variables,
      mock: { result: '{}', fieldValidationMode: 'NONE' },
    });
  });

  it('gives of the rest what the expression names', () => {
    const expression = '{% $states.result[0] & $states.context.Task.Token %}';
    expect(givenFor(expression)).toEqual(['$states.input', '$states.result', '$states.context', 'Variables']);
    expect(asked(expression)).toMatchObject({ mock: { result: '[1]' }, context: given['$states.context'] });
  });

  it('is that of a catcher when the expression names what was caught', () => {
    const expression = '{% $states.errorOutput.Error %}';
    expect(asked(expression)).toMatchObject({
      definition: { ...state, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Next', Output: expression }] },
      mock: { errorOutput: { error: 'NoStock', cause: 'none left' } },
    });
    expect(trial(expression, { ...given, '$states.errorOutput': 'null' })).toMatchObject({ mock: { errorOutput: {} } });
  });

  it.each([
    ["The JSONata expression '$a & 'x'' specified for the field 'Output' threw an error during evaluation. T2001: The left side", 'T2001: The left side'],
    ["The JSONata expression '$f()' specified for the field 'Output' threw an error during evaluation: Stack overflow", 'Stack overflow'],
    ["The JSONata expression '$a' specified for the field 'Catch[0]/Output' returned nothing (undefined).", 'returned nothing (undefined).'],
    [
      "Invalid State Machine Definition: 'UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'a' at the top level is not supported. at /States/StateName/Output, UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.b' does not exist. at /States/StateName/Catch/0/Output'",
      "Reference to 'a' at the top level is not supported., Field '$states.b' does not exist.",
    ],
    ['Nothing else is changed', 'Nothing else is changed'],
  ])('says what went wrong without what was made for it: %s', (words, said) => {
    expect(plainly(words)).toBe(said);
  });
});
