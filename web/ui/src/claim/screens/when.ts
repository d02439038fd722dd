import { el } from '../dom';
import type { ClaimQuote } from '../portal';

const HOUR = 3600;
const CHOICES: [number, string][] = [
  [HOUR, 'Within an hour'], [6 * HOUR, 'Within 6 hours'], [24 * HOUR, 'Within a day'], [3 * 24 * HOUR, 'Within 3 days'], [7 * 24 * HOUR, 'Within a week'],
];

export interface When {
  node: HTMLElement | undefined;
  /** How long the payment may wait. */
  seconds(): number;
  /** Chooses what is advised, or now, unless the recipient has chosen. */
  suggest(wait: boolean): void;
}

/** Asks when the payment shall be made; offers nothing where the relayer cannot wait. */
export function askWhen(quote: ClaimQuote | undefined, changed: () => void): When {
  const most = quote?.max_patience_seconds ?? 0;
  const advised = Math.min(most, quote?.advised_patience_seconds ?? 0);
  if (most === 0) {
    return { node: undefined, seconds: () => 0, suggest: changed };
  }
  const offered = CHOICES.filter(([seconds]) => seconds < most);
  const seconds = [...new Set([...offered.map(([s]) => s), most])];
  // The shortest time on offer that is as long as what is advised.
  const best = seconds.find((s) => s >= advised) ?? most;
  const select = el('select', { id: 'when' }, el('option', { value: 0 }, 'Now'),
    ...seconds.map((s) => el('option', { value: s }, `${nameOf(s)}${advised > 0 && s === best ? ' (hides it well)' : ''}`)));
  let chosen = false;
  select.addEventListener('change', () => {
    chosen = true;
    changed();
  });
  return {
    node: el('div', { class: 'field' }, el('label', { for: 'when' }, 'When'), select,
      el('p', { class: 'hint' }, 'If it may wait, it is paid at a random moment among others, and its time says nothing of you. You need not keep this page open.')),
    seconds: () => Number(select.value),
    suggest(wait) {
      if (!chosen) {
        select.value = String(wait ? best : 0);
      }
      changed();
    },
  };
}

function nameOf(seconds: number): string {
  const known = CHOICES.find(([s]) => s === seconds);
  const minutes = Math.max(1, Math.round(seconds / 60));
  return known?.[1] ?? (seconds < HOUR ? `Within ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}` : `Within ${Math.round(seconds / HOUR)} hours`);
}
