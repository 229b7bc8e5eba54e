import type { Row } from './row';

/** Gives each of few different texts a number. */
class Texts {
  private readonly numbers = new Map<string, number>([['', 0]]);
  private readonly list = [''];

  number(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.list.push(text) - 1;
      this.numbers.set(text, number);
    }
    return number;
  }

  text(number: number): string {
    return this.list[number] ?? '';
  }
}

/** What few events have. */
interface Rest {
  error: string;
  cause: string;
  arn: string;
}

const NONE: Rest = { error: '', cause: '', arn: '' };

/** The rows of all events, in columns of numbers: an object for each would take ten times the room. */
export class Rows {
  private capacity = 0;
  private at = new Float64Array(0);
  /** Type plus one; 0 where nothing has been read. */
  private type = new Uint16Array(0);
  private previous = new Uint32Array(0);
  private name = new Uint32Array(0);
  private itemName = new Uint32Array(0);
  private resource = new Uint16Array(0);
  private index = new Int32Array(0);
  private readonly rest = new Map<number, Rest>();
  private readonly texts = new Texts();
  private readonly types = new Texts();
  private readonly resources = new Texts();

  private grow(size: number): void {
    if (size <= this.capacity) {
      return;
    }
    this.capacity = Math.max(1_024, size, Math.ceil(this.capacity * 1.5));
    const copy = <T extends Float64Array | Uint16Array | Uint32Array | Int32Array>(next: T, old: T): T => {
      next.set(old as never);
      return next;
    };
    this.at = copy(new Float64Array(this.capacity), this.at);
    this.type = copy(new Uint16Array(this.capacity), this.type);
    this.previous = copy(new Uint32Array(this.capacity), this.previous);
    this.name = copy(new Uint32Array(this.capacity), this.name);
    this.itemName = copy(new Uint32Array(this.capacity), this.itemName);
    this.resource = copy(new Uint16Array(this.capacity), this.resource);
    this.index = copy(new Int32Array(this.capacity), this.index);
  }

  set(row: Row): void {
    const place = row.id - 1;
    this.grow(row.id);
    this.at[place] = row.at;
    this.type[place] = this.types.number(row.type) + 1;
    this.previous[place] = row.previous;
    this.name[place] = this.texts.number(row.name);
    this.itemName[place] = this.texts.number(row.itemName);
    this.resource[place] = this.resources.number(row.resource);
    this.index[place] = row.index;
    if (row.error !== '' || row.cause !== '' || row.arn !== '') {
      this.rest.set(row.id, { error: row.error, cause: row.cause, arn: row.arn });
    }
  }

  /** The row of an event; undefined when it is not read yet. */
  get(id: number): Row | undefined {
    const place = id - 1;
    const type = this.type[place] ?? 0;
    if (type === 0) {
      return undefined;
    }
    return {
      id,
      at: this.at[place] ?? 0,
      type: this.types.text(type - 1),
      previous: this.previous[place] ?? 0,
      name: this.texts.text(this.name[place] ?? 0),
      itemName: this.texts.text(this.itemName[place] ?? 0),
      resource: this.resources.text(this.resource[place] ?? 0),
      index: this.index[place] ?? -1,
      ...(this.rest.get(id) ?? NONE),
    };
  }

  /** The numbers of those that fit, in order. */
  filter(count: number, fits: (row: Row) => boolean): number[] {
    const found: number[] = [];
    for (let id = 1; id <= count; id++) {
      const row = this.get(id);
      if (row !== undefined && fits(row)) {
        found.push(id);
      }
    }
    return found;
  }
}
