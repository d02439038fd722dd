import { createContext, useContext, useEffect, useRef } from 'react';
import type { Api, AuditEvent } from '../api';
import { useLoad, type Loaded } from '../common/hooks';
import { readEvents } from './eventStream';

type Listener = (event: AuditEvent) => void;

const FIRST_RETRY_MS = 1000;
const SLOWEST_RETRY_MS = 30_000;
/** A stream that ends sooner is one that something on the way does not let through. */
const SETTLED_MS = 15_000;
/** The server says something every ten seconds; after this silence the line counts as cut. */
const SILENCE_MS = 25_000;
/** While the stream is there, loading by the clock is only a safety net. */
const NET_FACTOR = 6;

/** Follows the portal's events, and goes on after an interruption where it was. */
export class LiveEvents {
  private readonly listeners = new Set<Listener>();
  private readonly onState = new Set<() => void>();
  private last = '';
  private stopped = new AbortController();
  isLive = false;

  constructor(private readonly api: Api) {}

  start(): () => void {
    this.stopped = new AbortController();
    void this.run(this.stopped.signal);
    return () => this.stopped.abort();
  }

  /** Calls back for each event, and when the stream comes or goes. */
  listen(onEvent: Listener, onState: () => void): () => void {
    this.listeners.add(onEvent);
    this.onState.add(onState);
    return () => {
      this.listeners.delete(onEvent);
      this.onState.delete(onState);
    };
  }

  private async run(stopped: AbortSignal): Promise<void> {
    let wait = FIRST_RETRY_MS;
    while (!stopped.aborted) {
      const begun = Date.now();
      try {
        await this.follow(stopped);
      } catch {
        // Whoever looks at the page is told by its own loading, which goes on by the clock.
      }
      if (Date.now() - begun > SETTLED_MS) {
        wait = FIRST_RETRY_MS;
      }
      this.setLive(false);
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, SLOWEST_RETRY_MS);
    }
  }

  private async follow(stopped: AbortSignal): Promise<void> {
    const silent = new AbortController();
    let timer = setTimeout(() => silent.abort(), SILENCE_MS);
    try {
      const body = await this.api.stream(this.last, AbortSignal.any([stopped, silent.signal]));
      for await (const event of readEvents(body)) {
        clearTimeout(timer);
        timer = setTimeout(() => silent.abort(), SILENCE_MS);
        this.last = event.id || this.last;
        this.setLive(true);
        if (event.type !== '') {
          const parsed = JSON.parse(event.data) as AuditEvent;
          this.listeners.forEach((listener) => listener(parsed));
        }
      }
    } finally {
      clearTimeout(timer);
      silent.abort();
    }
  }

  private setLive(live: boolean): void {
    if (this.isLive !== live) {
      this.isLive = live;
      this.onState.forEach((changed) => changed());
    }
  }
}

export const LiveContext = createContext<LiveEvents | undefined>(undefined);

/**
 * Loads a value, and again whenever an event comes that `concerns` it. Every `everyMs` it is loaded by the clock,
 * much more seldom while the stream is there.
 */
export function useLive<T>(load: () => Promise<T>, inputs: unknown[], everyMs: number, concerns: (event: AuditEvent) => boolean): Loaded<T> {
  const live = useContext(LiveContext);
  const factor = useRef(1);
  const loaded = useLoad(load, inputs, () => everyMs * factor.current);
  const latest = useRef(concerns);
  latest.current = concerns;
  const { reload } = loaded;
  useEffect(() => {
    if (!live) {
      return undefined;
    }
    let timer: number | undefined;
    const follow = () => {
      factor.current = live.isLive ? NET_FACTOR : 1;
      reload();
    };
    factor.current = live.isLive ? NET_FACTOR : 1;
    const stop = live.listen((event) => {
      if (latest.current(event)) {
        // Events come in bunches, such as one for each link of a batch.
        window.clearTimeout(timer);
        timer = window.setTimeout(reload, 150);
      }
    }, follow);
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [live, reload]);
  return loaded;
}
