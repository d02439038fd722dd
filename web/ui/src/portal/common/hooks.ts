import { useCallback, useEffect, useRef, useState } from 'react';

export interface Loaded<T> {
  value?: T;
  error?: Error;
  reload: () => void;
}

/**
 * Loads a value now, whenever `inputs` change, and every so many milliseconds while the page is visible.
 * A value that is there stays when a later load fails; the error stands beside it.
 */
export function useLoad<T>(load: () => Promise<T>, inputs: unknown[], every?: number | (() => number)): Loaded<T> {
  const [value, setValue] = useState<T>();
  const [error, setError] = useState<Error>();
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    setValue(undefined);
  }, inputs);
  useEffect(() => {
    let live = true;
    let timer: number | undefined;
    const pause = () => (typeof every === 'function' ? every() : every);
    const run = async () => {
      if (document.hidden && every) {
        timer = window.setTimeout(run, pause());
        return;
      }
      try {
        const found = await latest.current();
        if (live) {
          setValue(found);
          setError(undefined);
        }
      } catch (e) {
        if (live) {
          setError(e as Error);
        }
      }
      if (live && every) {
        timer = window.setTimeout(run, pause());
      }
    };
    void run();
    return () => {
      live = false;
      window.clearTimeout(timer);
    };
  }, [...inputs, turn, typeof every === 'number' ? every : 0]);
  return { value, error, reload: useCallback(() => setTurn((t) => t + 1), []) };
}

/** Runs an action once at a time and keeps what went wrong. */
export function useAction(): { busy: boolean; error?: Error; run: (action: () => Promise<void>) => void; clear: () => void } {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const running = useRef(false);
  const run = useCallback((action: () => Promise<void>) => {
    if (running.current) {
      return;
    }
    running.current = true;
    setBusy(true);
    setError(undefined);
    action().catch((e: unknown) => setError(e as Error)).finally(() => {
      running.current = false;
      setBusy(false);
    });
  }, []);
  return { busy, error, run, clear: useCallback(() => setError(undefined), []) };
}
