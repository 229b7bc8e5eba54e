import { signal } from '@preact/signals';
import type { HistoryEvent, HistoryPage } from '../api/types';
import type { Definition } from './definition';
import { rowOf } from './row';
import { Rows } from './rows';
import { Run } from './run';

/** Asks for one page of a history. */
type PageSource = (
  options: { nextToken?: string; reverseOrder?: boolean; maxResults?: number },
  abort?: AbortSignal,
) => Promise<HistoryPage>;

interface LoadedPage {
  /** The token that the page was asked with; undefined for the first. */
  token: string | undefined;
  first: number;
  count: number;
}

/** Pages whose inputs and outputs are kept; those of the others are asked for again when somebody looks. */
const PAGES_KEPT = 16;

/**
 * The events of one execution: both ends are read first, then the rest from the front. Of each event a row is kept; inputs and outputs are kept of
 * some pages only, so that a long history does not fill the memory.
 */
export class Events {
  readonly rows = new Rows();
  readonly run: Run;
  /** Counts up whenever something was read. */
  readonly version = signal(0);
  /** How many events there are, as far as is known. */
  readonly total = signal(0);
  /** Whether all of them are read. */
  readonly complete = signal(false);

  private readonly pages: LoadedPage[] = [];
  private readonly details = new Map<number, HistoryEvent[]>();
  private readonly asked = new Map<number, Promise<HistoryEvent[]>>();
  private tail: HistoryEvent[] = [];
  private next: string | undefined;
  private begun = false;
  private told = 0;
  private reading: Promise<void> | null = null;

  constructor(
    definition: Definition | null,
    private readonly source: PageSource,
  ) {
    this.run = new Run(definition);
  }

  /** Events that are all there, such as those of an imported file. */
  static of(definition: Definition | null, events: HistoryEvent[]): Events {
    const whole = new Events(definition, () => Promise.resolve({ events }));
    whole.take(events, undefined);
    whole.begun = true;
    whole.settle();
    return whole;
  }

  /** Reads both ends. */
  async open(abort: AbortSignal): Promise<void> {
    const [head, tail] = await Promise.all([
      this.source({}, abort),
      this.source({ reverseOrder: true, maxResults: 200 }, abort),
    ]);
    this.tail = tail.events;
    this.total.value = Math.max(this.tail[0]?.id ?? 0, this.total.value);
    for (const event of this.tail) {
      this.rows.set(rowOf(event));
    }
    this.take(head.events, undefined);
    this.next = head.nextToken;
    this.begun = true;
    this.settle();
  }

  /** Reads on from the front until everything is there. Each page gives way to what the reader does meanwhile. */
  async readAll(abort: AbortSignal): Promise<void> {
    while (this.next !== undefined && !abort.aborted) {
      await this.step(abort);
      await new Promise((resume) => setTimeout(resume, 0));
    }
  }

  private step(abort?: AbortSignal): Promise<void> {
    this.reading ??= (async () => {
      const token = this.next;
      const page = await this.source(token === undefined ? {} : { nextToken: token }, abort);
      this.take(page.events, token);
      this.next = page.nextToken;
      this.settle();
    })().finally(() => {
      this.reading = null;
    });
    return this.reading;
  }

  /** Asks for what has happened since: the last page is read again, and what follows it. */
  async refresh(abort: AbortSignal): Promise<void> {
    if (!this.begun) {
      return this.open(abort);
    }
    if (this.next === undefined) {
      const last = this.pages.at(-1);
      const page = await this.source(last?.token === undefined ? {} : { nextToken: last.token }, abort);
      if (last !== undefined) {
        this.pages.pop();
        this.details.delete(last.first);
      }
      this.take(page.events, last?.token);
      this.next = page.nextToken;
      this.settle();
    }
    await this.readAll(abort);
  }

  private settle(): void {
    this.complete.value = this.next === undefined;
    // What is shown is worked out anew each time, which takes the longer the more there is: so it is done the more rarely.
    const now = performance.now();
    if (this.complete.value || now - this.told > Math.min(4_000, 200 + this.run.seen / 30)) {
      this.told = now;
      this.version.value++;
    }
  }

  private take(events: HistoryEvent[], token: string | undefined): void {
    const first = events[0];
    if (first === undefined) {
      return;
    }
    for (const event of events) {
      const row = rowOf(event);
      this.rows.set(row);
      if (event.id === this.run.seen + 1) {
        this.run.read(row);
      }
    }
    this.pages.push({ token, first: first.id, count: events.length });
    this.keep(first.id, events);
    this.total.value = Math.max(this.total.value, events.at(-1)?.id ?? 0);
  }

  private keep(first: number, events: HistoryEvent[]): void {
    this.details.delete(first);
    this.details.set(first, events);
    for (const old of this.details.keys()) {
      if (this.details.size <= PAGES_KEPT) {
        break;
      }
      this.details.delete(old);
    }
  }

  private pageOf(id: number): LoadedPage | undefined {
    let low = 0;
    let high = this.pages.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const page = this.pages[middle];
      if (page === undefined) {
        return undefined;
      }
      if (id < page.first) {
        high = middle - 1;
      } else if (id >= page.first + page.count) {
        low = middle + 1;
      } else {
        return page;
      }
    }
    return undefined;
  }

  /** An event with its input and output, if it is at hand. */
  at(id: number): HistoryEvent | undefined {
    const page = this.pageOf(id);
    const events = page === undefined ? undefined : this.details.get(page.first);
    return events?.[id - (page?.first ?? 0)] ?? this.tail[(this.tail[0]?.id ?? 0) - id];
  }

  /** An event with its input and output, asked for again if need be; undefined when the event is not read yet. */
  async find(id: number): Promise<HistoryEvent | undefined> {
    const known = this.at(id);
    const page = this.pageOf(id);
    return known ?? (page === undefined ? undefined : (await this.eventsOf(page))[id - page.first]);
  }

  /** A page with its inputs and outputs; asked for once, however many want it at a time. */
  private eventsOf(page: LoadedPage): Promise<HistoryEvent[]> {
    const known = this.details.get(page.first);
    if (known !== undefined) {
      return Promise.resolve(known);
    }
    let asked = this.asked.get(page.first);
    if (asked === undefined) {
      asked = this.source(page.token === undefined ? {} : { nextToken: page.token })
        .then(({ events }) => {
          this.keep(page.first, events);
          return events;
        })
        .finally(() => this.asked.delete(page.first));
      this.asked.set(page.first, asked);
    }
    return asked;
  }

  /** All events with their inputs and outputs, in order, page by page; what has not been read yet is read. */
  async *everything(): AsyncGenerator<HistoryEvent[]> {
    let given = 0;
    while (given < this.run.seen || this.next !== undefined) {
      const page = this.pageOf(given + 1);
      if (page === undefined) {
        await this.step();
        continue;
      }
      // The last page may have grown meanwhile, and none is given twice.
      const events = (await this.eventsOf(page)).filter((event) => event.id > given);
      const last = events.at(-1);
      if (last === undefined) {
        throw new Error(`the endpoint no longer has event ${given + 1}.`);
      }
      given = last.id;
      yield events;
    }
  }
}
