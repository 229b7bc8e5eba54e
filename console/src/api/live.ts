import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { reachable } from './client';

/** What has changed, as the endpoint's event stream tells it; counts up with each change, whatever it is. */
export const changes = signal<{ executionArn: string; count: number }>({ executionArn: '', count: 0 });

let source: EventSource | null = null;

/** After it the stream is asked for again that was refused: by an endpoint that has just begun, for instance. */
const REFUSED_SECONDS = 10;

/**
 * Listens to the endpoint's stream of changes, where it has one. The browser connects again by itself when the stream breaks, but not when it is
 * refused; an endpoint without a stream is asked from time to time instead.
 */
export function listen(): void {
  if (source !== null) {
    return;
  }
  source = new EventSource('/console/api/changes');
  source.addEventListener('execution', (event: MessageEvent<string>) => {
    changes.value = { executionArn: event.data, count: changes.value.count + 1 };
  });
  source.onerror = () => {
    if (source?.readyState === EventSource.CLOSED) {
      source = null;
      setTimeout(listen, REFUSED_SECONDS * 1000);
    }
  };
  source.onopen = () => {
    // Whatever happened while nothing was heard is asked for now.
    changes.value = { executionArn: '', count: changes.value.count + 1 };
  };
}

/**
 * Has something asked again: at once when the stream says that it changed, and in any case every so often while somebody looks.
 *
 * @param concerns whether a change of that execution matters; an empty ARN says that anything may have changed
 */
export function useRefresh(ask: () => Promise<unknown> | void, everySeconds: number | null, concerns: (executionArn: string) => boolean = () => true): void {
  const latest = useRef(ask);
  latest.current = ask;
  const matters = useRef(concerns);
  matters.current = concerns;
  useEffect(() => {
    if (everySeconds === null) {
      return;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    let busy = false;
    let again = false;
    let over = false;
    const run = async (): Promise<void> => {
      if (busy) {
        again = true;
        return;
      }
      clearTimeout(timer);
      busy = true;
      try {
        await latest.current();
      } catch {
        // Told where the answer is shown.
      }
      busy = false;
      if (over) {
        return;
      }
      const wait = again ? 150 : (reachable.value === false ? 2 : everySeconds) * 1000;
      again = false;
      timer = setTimeout(() => (document.visibilityState === 'visible' ? void run() : (timer = setTimeout(() => void run(), 5_000))), wait);
    };
    timer = setTimeout(() => void run(), everySeconds * 1000);
    const stop = changes.subscribe(({ executionArn, count }) => {
      if (count > 0 && matters.current(executionArn)) {
        void run();
      }
    });
    const onVisible = (): void => {
      if (document.visibilityState === 'visible') {
        void run();
      }
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      over = true;
      clearTimeout(timer);
      stop();
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [everySeconds]);
}
