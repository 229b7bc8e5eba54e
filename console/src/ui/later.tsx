import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Problem, Skeleton } from './basic';

/** A part that is loaded when it is first shown. */
export function later<P extends object>(load: () => Promise<(properties: P) => JSX.Element>): (properties: P) => JSX.Element {
  let found: ((properties: P) => JSX.Element) | null = null;
  return (properties: P): JSX.Element => {
    const [failed, setFailed] = useState<boolean | null>(found === null ? null : false);
    useEffect(() => {
      if (found === null) {
        load().then(
          (part) => {
            found = part;
            setFailed(false);
          },
          () => setFailed(true),
        );
      }
    }, []);
    const Part = found;
    return Part !== null ? <Part {...properties} /> : failed === true ? <Problem problem={new Error('This part could not be loaded. Load the page again.')} /> : <Skeleton rows={6} />;
  };
}
