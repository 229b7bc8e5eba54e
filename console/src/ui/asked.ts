import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export interface Asked<T> {
  value: T | null;
  problem: Error | null;
  again: () => Promise<void>;
}

/** Asks for something when its key changes. What was there stays until the next answer; only another key takes it away. */
export function useAsked<T>(key: string, ask: () => Promise<T>): Asked<T> {
  const [held, setHeld] = useState<{ key: string; value: T | null; problem: Error | null }>({ key, value: null, problem: null });
  const current = useRef(key);
  current.current = key;
  const latest = useRef(ask);
  latest.current = ask;
  const again = useCallback(async () => {
    const asked = current.current;
    try {
      const value = await latest.current();
      if (current.current === asked) {
        setHeld({ key: asked, value, problem: null });
      }
    } catch (problem) {
      if (current.current === asked) {
        setHeld((before) => ({ key: asked, value: before.key === asked ? before.value : null, problem: problem as Error }));
      }
    }
  }, []);
  useEffect(() => {
    void again();
  }, [key]);
  return held.key === key ? { value: held.value, problem: held.problem, again } : { value: null, problem: null, again };
}
