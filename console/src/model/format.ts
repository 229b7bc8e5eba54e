/** Times, durations and sizes as people read them. All times are seconds since 1970. */

export type Zone = 'local' | 'utc';

function two(value: number): string {
  return String(value).padStart(2, '0');
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  milli: number;
}

function parts(seconds: number, zone: Zone): Parts {
  const date = new Date(Math.round(seconds * 1000));
  return zone === 'utc'
    ? {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
        hour: date.getUTCHours(),
        minute: date.getUTCMinutes(),
        second: date.getUTCSeconds(),
        milli: date.getUTCMilliseconds(),
      }
    : {
        year: date.getFullYear(),
        month: date.getMonth() + 1,
        day: date.getDate(),
        hour: date.getHours(),
        minute: date.getMinutes(),
        second: date.getSeconds(),
        milli: date.getMilliseconds(),
      };
}

function date(at: Parts): string {
  return `${at.year}-${two(at.month)}-${two(at.day)}`;
}

/** `2026-11-28 21:37:12`. */
export function dateTime(seconds: number, zone: Zone): string {
  const at = parts(seconds, zone);
  return `${date(at)} ${two(at.hour)}:${two(at.minute)}:${two(at.second)}`;
}

/** `2026-11-28 21:37:12.480`. */
export function exact(seconds: number, zone: Zone): string {
  return `${date(parts(seconds, zone))} ${clock(seconds, zone)}`;
}

/** `21:37:12.480`. */
export function clock(seconds: number, zone: Zone): string {
  const at = parts(seconds, zone);
  return `${two(at.hour)}:${two(at.minute)}:${two(at.second)}.${String(at.milli).padStart(3, '0')}`;
}

/** The zone's name beside a time: `UTC`, `UTC+2`. */
export function zoneName(zone: Zone, seconds: number): string {
  const minutes = zone === 'utc' ? 0 : -new Date(seconds * 1000).getTimezoneOffset();
  if (minutes === 0) {
    return 'UTC';
  }
  const hours = Math.trunc(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${two(rest)}`}`;
}

/** `3 ms`, `2.4 s`, `3 min 20 s`, `6 h 12 min`, `3 d 4 h`: two units at most. */
export function duration(seconds: number): string {
  const span = Math.max(0, seconds);
  if (span < 1) {
    return `${Math.round(span * 1000)} ms`;
  }
  if (span < 9.95) {
    return `${span.toFixed(1)} s`;
  }
  if (span < 59.5) {
    return `${Math.round(span)} s`;
  }
  const units: [string, number][] = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ];
  let rest = Math.round(span);
  const said: string[] = [];
  for (const [name, length] of units) {
    const count = Math.floor(rest / length);
    if (count > 0) {
      said.push(`${count} ${name}`);
      rest -= count * length;
    }
    if (said.length === 2 || (said.length === 1 && count === 0)) {
      break;
    }
  }
  return said.join(' ');
}

/** How long ago: `12 s ago`, `3 h ago`, `in 4 min`. */
export function ago(seconds: number, now: number): string {
  const span = now - seconds;
  const size = Math.abs(span);
  const said =
    size < 60
      ? `${Math.round(size)} s`
      : size < 3_600
        ? `${Math.round(size / 60)} min`
        : size < 129_600
          ? `${Math.round(size / 3_600)} h`
          : `${Math.round(size / 86_400)} d`;
  return size < 2 ? 'now' : span < 0 ? `in ${said}` : `${said} ago`;
}

/** `1,234,567`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 item`, `3 items`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `312 B`, `4.2 KB`, `1.3 MB`. */
export function bytes(value: number): string {
  return value < 1_000 ? `${value} B` : value < 1_000_000 ? `${(value / 1_000).toFixed(1)} KB` : `${(value / 1_000_000).toFixed(1)} MB`;
}

/** Dollars, however few, with three digits that say something: `$0.0000075`, `$1.23`. */
export function dollars(value: number): string {
  const digits = value > 0 ? Math.max(2, 2 - Math.floor(Math.log10(value))) : 0;
  const text = value.toFixed(Math.min(digits, 12));
  return `$${text.replace(/(\.\d\d\d*?)0+$/, '$1')}`;
}

/** An ARN's last part. */
export function nameOfArn(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

/** The state machine's ARN of an execution's or a Map Run's; a Map's children and versions belong to the machine too. */
export function machineOf(arn: string): string {
  const fields = arn.split(':');
  const machine = (fields[6] ?? '').split('/')[0] ?? '';
  return [...fields.slice(0, 5), 'stateMachine', machine].join(':');
}
