import type { Definition, Edge } from './definition';

/** A part of a definition, and how often tests came to it, as the endpoint tells it. */
export interface Part {
  kind: Kind;
  state: string;
  cause: 'NEXT' | 'CHOICE_RULE' | 'CHOICE_DEFAULT' | 'CATCHER';
  /** Of the rule, the catcher or the retrier. */
  index: number;
  hits: number;
}

export type Kind = 'states' | 'transitions' | 'choiceRules' | 'catchers' | 'retriers';

/** Whether tests came to it; empty for what is no part. */
export type Mark = 'reached' | 'missed' | '';

const CAUSES: Record<Edge['kind'], Part['cause']> = { next: 'NEXT', choice: 'CHOICE_RULE', default: 'CHOICE_DEFAULT', catch: 'CATCHER' };

/** Which parts of a definition tests came to. */
export class Coverage {
  private readonly known: Map<string, Part>;

  constructor(readonly parts: Part[]) {
    this.known = new Map(parts.map((part) => [`${part.kind} ${part.cause} ${part.index} ${part.state}`, part]));
  }

  private mark(key: string): Mark {
    const part = this.known.get(key);
    return part === undefined ? '' : part.hits > 0 ? 'reached' : 'missed';
  }

  hits(state: string): number {
    return this.known.get(`states NEXT 0 ${state}`)?.hits ?? 0;
  }

  ofState(state: string): Mark {
    return this.mark(`states NEXT 0 ${state}`);
  }

  ofEdge(from: string, kind: Edge['kind'], index: number): Mark {
    return this.mark(`transitions ${CAUSES[kind]} ${index} ${from}`);
  }

  /** How many retriers a state has that tried again, and how many in all. */
  retriers(state: string): [reached: number, total: number] {
    const all = this.parts.filter((part) => part.kind === 'retriers' && part.state === state);
    return [all.filter((part) => part.hits > 0).length, all.length];
  }
}

/** A part of a state, in words. */
export function partWords(definition: Definition, { kind, state, cause, index }: Part): string {
  const edge = definition.edges(state).find((each) => CAUSES[each.kind] === cause && each.index === index);
  switch (kind) {
    case 'retriers':
      return `retries ${definition.states.get(state)?.retried[index] ?? ''}`;
    case 'catchers':
      return `catches ${edge?.label ?? ''}`;
    case 'choiceRules':
      return edge?.label ?? '';
    case 'transitions':
      return `→ ${edge?.to ?? ''}`;
    case 'states':
      return 'entered';
  }
}

/** A part in words, and whose it is. */
export function partText(definition: Definition, part: Part): string {
  return part.kind === 'states' ? part.state : `${part.state}${part.kind === 'choiceRules' ? ':' : ''} ${partWords(definition, part)}`;
}
