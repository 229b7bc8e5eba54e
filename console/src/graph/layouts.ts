import type { Layout, LayoutRequest } from './layout';

interface Waiting {
  resolve(layout: Layout): void;
  reject(problem: Error): void;
}

let worker: Worker | null = null;
let last = 0;
const waiting = new Map<number, Waiting>();

function started(): Worker {
  if (worker === null) {
    worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = (event: MessageEvent<{ id: number; layout?: Layout; problem?: string }>) => {
      const { id, layout, problem } = event.data;
      const asked = waiting.get(id);
      waiting.delete(id);
      if (layout !== undefined) {
        asked?.resolve(layout);
      } else {
        asked?.reject(new Error(problem ?? 'The graph could not be laid out.'));
      }
    };
    worker.onerror = () => {
      for (const asked of waiting.values()) {
        asked.reject(new Error('The program that lays graphs out could not be loaded. Load the page again.'));
      }
      waiting.clear();
      worker = null;
    };
  }
  return worker;
}

/** Lays a definition out in a thread of its own, so that the page stays quick however large it is. */
export function layoutOf(request: LayoutRequest): Promise<Layout> {
  return new Promise((resolve, reject) => {
    const id = ++last;
    waiting.set(id, { resolve, reject });
    started().postMessage({ id, request });
  });
}
