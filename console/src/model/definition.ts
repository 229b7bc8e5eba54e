/**
 * A definition in the States Language, as far as it can be drawn. It is read leniently: what is half written in the editor is drawn as far as it
 * goes. Whether a definition is right is the endpoint's to say.
 */

import { Numeral, plain, readJson } from './json';

export interface Edge {
  from: string;
  to: string;
  kind: 'next' | 'choice' | 'default' | 'catch';
  /** Of the rule or the catcher. */
  index: number;
  /** What stands on the edge: a choice's rule, a catcher's errors. */
  label?: string;
}

export interface StateNode {
  name: string;
  type: string;
  /** Where it stands in the document, as a JSON pointer. */
  pointer: string;
  /** What runs a task, in short. */
  about: string;
  retriers: number;
  /** The errors of each retrier. */
  retried: string[];
  catchers: number;
  end: boolean;
  /** The bodies of a Map or Parallel. */
  bodies: Body[];
  /** The state that it stands in; null in the outermost body. */
  parent: string | null;
  raw: Record<string, unknown>;
}

export interface Body {
  startAt: string | null;
  states: string[];
  edges: Edge[];
}

export interface Definition {
  body: Body;
  /** All states, nested ones too: names are unique in a document. */
  states: Map<string, StateNode>;
  comment: string | null;
  queryLanguage: string;
  /** Its text. */
  source: string;
  /** What leads on from a state. */
  edges(state: string): Edge[];
}

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** What a Resource calls, in few words: `lambda:invoke`, `task:charge`, a function's name. */
function resourceName(resource: string): string {
  const optimised = /^arn:[^:]*:states:[^:]*:[^:]*:(.+)$/.exec(resource);
  if (optimised?.[1] !== undefined) {
    return optimised[1];
  }
  const lambda = /^arn:[^:]*:lambda:[^:]*:[^:]*:function:(.+)$/.exec(resource);
  return lambda?.[1] !== undefined ? `λ ${lambda[1]}` : resource;
}

const OPERATORS: Record<string, string> = {
  Equals: '=',
  LessThan: '<',
  GreaterThan: '>',
  LessThanEquals: '≤',
  GreaterThanEquals: '≥',
  Matches: 'matches',
};

/** A choice's rule as one reads it: `$.total > 100 and not $.vip is present`. */
export function ruleText(rule: Json): string {
  if (typeof rule['Condition'] === 'string') {
    return rule['Condition'].replace(/^\{%\s*|\s*%\}$/g, '');
  }
  for (const [word, joint] of [
    ['And', ' and '],
    ['Or', ' or '],
  ] as const) {
    if (Array.isArray(rule[word])) {
      return objects(rule[word])
        .map((inner) => (inner['And'] !== undefined || inner['Or'] !== undefined ? `(${ruleText(inner)})` : ruleText(inner)))
        .join(joint);
    }
  }
  if (isObject(rule['Not'])) {
    return `not ${ruleText(rule['Not'])}`;
  }
  const variable = text(rule['Variable']) ?? '?';
  for (const [key, value] of Object.entries(rule)) {
    const test = /^Is(Present|Null|Numeric|String|Boolean|Timestamp)$/.exec(key);
    if (test?.[1] !== undefined) {
      return `${variable} is ${value === false ? 'not ' : ''}${test[1].toLowerCase()}`;
    }
    const compare = /^(String|Numeric|Boolean|Timestamp)(Equals|LessThanEquals|GreaterThanEquals|LessThan|GreaterThan|Matches)(Path)?$/.exec(key);
    if (compare !== null) {
      const shown = compare[3] === undefined && !(value instanceof Numeral) ? JSON.stringify(value) : String(value);
      return `${variable} ${OPERATORS[compare[2] ?? ''] ?? compare[2]} ${shown}`;
    }
  }
  return variable;
}

function about(type: string, state: Json): string {
  switch (type) {
    case 'Task':
      return resourceName(text(state['Resource']) ?? 'no Resource');
    case 'Wait': {
      const field = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'].find((name) => state[name] !== undefined);
      if (field === undefined) {
        return 'Wait';
      }
      const value = String(state[field]);
      return field === 'Seconds' && /^[\d.]+$/.test(value) ? `Wait ${value} s` : `Wait until ${value}`.replace('until {%', '{%');
    }
    case 'Fail':
      return text(state['Error']) ?? 'Fail';
    case 'Map': {
      const mode = isObject(state['ItemProcessor']) && isObject(state['ItemProcessor']['ProcessorConfig'])
        ? text(state['ItemProcessor']['ProcessorConfig']['Mode'])
        : null;
      return mode === 'DISTRIBUTED' ? 'Distributed Map' : 'Map';
    }
    default:
      return type;
  }
}

/** The errors that a retrier or a catcher is for. */
function errorsOf(handler: Json): string {
  const errors = Array.isArray(handler['ErrorEquals']) ? handler['ErrorEquals'].map(String) : [];
  return errors.map((error) => (error === 'States.ALL' ? 'any error' : error)).join(', ');
}

interface Reading {
  states: Map<string, StateNode>;
}

function readBody(reading: Reading, raw: Json, pointer: string, parent: string | null): Body {
  const body: Body = { startAt: text(raw['StartAt']), states: [], edges: [] };
  const states = isObject(raw['States']) ? raw['States'] : {};
  for (const [name, value] of Object.entries(states)) {
    // A second state of a name is a mistake that the endpoint tells of; drawing needs one.
    if (isObject(value) && !reading.states.has(name)) {
      body.states.push(name);
      readState(reading, body, name, value, `${pointer}/States/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, parent);
    }
  }
  return body;
}

function readState(reading: Reading, body: Body, name: string, state: Json, pointer: string, parent: string | null): void {
  const type = text(state['Type']) ?? '?';
  const node: StateNode = {
    name,
    type,
    pointer,
    about: about(type, state),
    retriers: objects(state['Retry']).length,
    retried: objects(state['Retry']).map(errorsOf),
    catchers: objects(state['Catch']).length,
    end: state['End'] === true || type === 'Succeed' || type === 'Fail',
    bodies: [],
    parent,
    raw: state,
  };
  reading.states.set(name, node);
  const next = text(state['Next']);
  if (next !== null) {
    body.edges.push({ from: name, to: next, kind: 'next', index: 0 });
  }
  objects(state['Choices']).forEach((rule, index) => {
    const to = text(rule['Next']);
    if (to !== null) {
      body.edges.push({ from: name, to, kind: 'choice', index, label: ruleText(rule) });
    }
  });
  const fallback = text(state['Default']);
  if (fallback !== null) {
    body.edges.push({ from: name, to: fallback, kind: 'default', index: 0, label: 'otherwise' });
  }
  objects(state['Catch']).forEach((catcher, index) => {
    const to = text(catcher['Next']);
    if (to !== null) {
      body.edges.push({ from: name, to, kind: 'catch', index, label: errorsOf(catcher) });
    }
  });
  const nested: [Json, string][] = [];
  for (const field of ['ItemProcessor', 'Iterator']) {
    if (isObject(state[field])) {
      nested.push([state[field], `${pointer}/${field}`]);
    }
  }
  objects(state['Branches']).forEach((branch, index) => nested.push([branch, `${pointer}/Branches/${index}`]));
  node.bodies = nested.map(([raw, place]) => readBody(reading, raw, place, name));
}

/** Reads a definition's text; null when it is no JSON object. */
export function readDefinition(source: string): Definition | null {
  let raw: unknown;
  try {
    raw = plain(readJson(source));
  } catch {
    return null;
  }
  if (!isObject(raw)) {
    return null;
  }
  const reading: Reading = { states: new Map() };
  const body = readBody(reading, raw, '', null);
  const { states } = reading;
  return {
    body,
    states,
    edges(name) {
      const parent = states.get(states.get(name)?.parent ?? '');
      const around = parent?.bodies.find((each) => each.states.includes(name)) ?? body;
      return around.edges.filter((edge) => edge.from === name);
    },
    comment: text(raw['Comment']),
    queryLanguage: text(raw['QueryLanguage']) ?? 'JSONPath',
    source,
  };
}

/** Looks for the token in what a task that waits for it was sent, as JSON: where its template names `Task.Token`, the sent value has it. */
export function tokenIn(template: unknown, sent: string): string | null {
  try {
    return tokenWithin(template, JSON.parse(sent));
  } catch {
    // Another tool has cut it short.
    return null;
  }
}

function tokenWithin(template: unknown, sent: unknown): string | null {
  if (typeof template === 'string') {
    return /Task\.Token/.test(template) && typeof sent === 'string' ? sent : null;
  }
  if (typeof template !== 'object' || template === null || typeof sent !== 'object' || sent === null) {
    return null;
  }
  for (const [key, value] of Object.entries(template)) {
    const name = key.endsWith('.$') ? key.slice(0, -2) : key;
    const found = tokenWithin(value, (sent as Json)[name]);
    if (found !== null) {
      return found;
    }
  }
  return null;
}
