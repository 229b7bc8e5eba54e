import { layOut, type LayoutRequest } from './layout';

addEventListener('message', (event: MessageEvent<{ id: number; request: LayoutRequest }>) => {
  const { id, request } = event.data;
  try {
    postMessage({ id, layout: layOut(request) });
  } catch (problem) {
    postMessage({ id, problem: String(problem) });
  }
});
