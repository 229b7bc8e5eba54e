import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Events } from '../model/events';
import { count, duration } from '../model/format';
import { toneOf, typeWords, type Row } from '../model/row';
import { scopeName } from '../model/visit';
import { query, change } from '../router';
import { Button, Time } from '../ui/basic';
import { Virtual } from '../ui/Virtual';
import { chooseEvent, type Selection } from './selection';

const KINDS: [string, string, (row: Row) => boolean][] = [
  ['failures', 'Failures', (row) => toneOf(row.type) === 'fail'],
  ['tasks', 'Tasks', (row) => /^(Task|Lambda|Activity)/.test(row.type) && !row.type.includes('State')],
  ['states', 'States', (row) => /State(Entered|Exited)$/.test(row.type)],
];

/** What an event says beside its type. */
function detail(row: Row): string {
  if (row.error !== '') {
    return row.cause === '' ? row.error : `${row.error}: ${row.cause}`;
  }
  if (row.index >= 0) {
    return row.itemName === '' ? `item ${row.index}` : row.itemName;
  }
  return row.arn !== '' ? row.arn : row.resource;
}

/** Whether the text stands in a row, or in the input or output that is at hand. */
function fits(row: Row, wanted: string, events: Events): boolean {
  if (`${row.type} ${row.name} ${row.error} ${row.cause} ${row.itemName} ${row.resource}`.toLowerCase().includes(wanted)) {
    return true;
  }
  const event = events.at(row.id);
  return event !== undefined && JSON.stringify(event).toLowerCase().includes(wanted);
}

/** All events, of which only those in sight are made. Both ends are there first; what lies between follows. */
export function EventTable({ events, selection, version }: { events: Events; selection: Selection; version: number }): JSX.Element {
  const { run, rows } = events;
  const [kind, setKind] = useState('');
  const [latestFirst, setLatestFirst] = useState(false);
  const search = query.value.get('find') ?? '';
  const total = events.total.value;
  const filter = KINDS.find(([id]) => id === kind)?.[2];
  const shown = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    if (filter === undefined && wanted === '') {
      return null;
    }
    return rows.filter(total, (row) => (filter === undefined || filter(row)) && (wanted === '' || fits(row, wanted, events)));
  }, [version, filter, search]);
  const length = shown?.length ?? total;
  const at = (index: number): Row | undefined => {
    const place = latestFirst ? length - 1 - index : index;
    return rows.get(shown === null ? place + 1 : (shown[place] ?? 0));
  };
  const follow = useMemo(() => {
    if (selection.event === null) {
      return null;
    }
    const place = shown === null ? selection.event - 1 : shown.indexOf(selection.event);
    return place < 0 ? null : latestFirst ? length - 1 - place : place;
  }, [selection.event, shown === null, latestFirst]);
  const begin = run.root.startedAt;
  return (
    <div class="events">
      <div class="filters small">
        <input
          type="search"
          aria-label="Search events"
          placeholder="Search events, inputs, outputs"
          value={search}
          onInput={(event) => change({ find: event.currentTarget.value })}
        />
        <div class="chips" role="group" aria-label="Events">
          <button type="button" class="chip" aria-pressed={kind === ''} onClick={() => setKind('')}>
            All
          </button>
          {KINDS.map(([id, label]) => (
            <button key={id} type="button" class="chip" aria-pressed={kind === id} onClick={() => setKind(kind === id ? '' : id)}>
              {label}
            </button>
          ))}
        </div>
        <Button kind="quiet" pressed={latestFirst} onClick={() => setLatestFirst(!latestFirst)}>
          Latest first
        </Button>
        <span class="grow" />
        <span class="muted" role="status">
          {shown === null ? '' : `${count(shown.length)} of `}
          {count(total)} events{events.complete.value ? '' : `, ${count(run.seen)} read`}
        </span>
      </div>
      <Virtual
        class="event-rows"
        label="Events"
        count={length}
        rowHeight={28}
        follow={follow}
        head={
          <div class="event-row event-head">
            <span class="number">#</span>
            <span>Time</span>
            <span class="number">After</span>
            <span>Event</span>
            <span>State</span>
            <span>Detail</span>
          </div>
        }
        row={(index) => {
          const row = at(index);
          const id = row?.id ?? (latestFirst ? length - index : index + 1);
          if (row === undefined) {
            return (
              <div key={id} class="event-row unread">
                <span class="number">{id}</span>
                <span class="bone" />
                <span />
                <span class="bone" />
              </div>
            );
          }
          const visit = run.visitAt(id);
          const scope = run.scopeAt(id);
          const inside = scope !== null && scope.owner !== null ? scopeName(scope) : '';
          return (
            <div key={id} class={`event-row tone-${toneOf(row.type)} ${selection.event === id ? 'chosen' : ''}`} onClick={() => chooseEvent(id)}>
              <span class="number">{id}</span>
              <span>
                <Time at={row.at} part="clock" />
              </span>
              <span class="number muted">{duration(row.at - begin)}</span>
              <span class="event-type">
                <button type="button" class="event-button" aria-pressed={selection.event === id}>
                  {typeWords(row.type)}
                </button>
              </span>
              <span class="event-state" title={visit?.state ?? ''}>
                {visit?.state ?? ''}
                {inside !== '' && <span class="row-note">{inside}</span>}
              </span>
              <span class="event-detail" title={detail(row)}>
                {detail(row)}
              </span>
            </div>
          );
        }}
      />
    </div>
  );
}
